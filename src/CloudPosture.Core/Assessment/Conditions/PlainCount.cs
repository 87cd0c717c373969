using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Conditions;

/// <summary>Counts by a condition that asks nothing of the resource under assessment.</summary>
internal sealed class PlainCount(string type, bool sameRegion, Condition? where, NumberTest test) : TalliedCount(type, sameRegion, where, test)
{
    private readonly Condition? _where = where;

    public override Tally Begin() => new ByRegion(_where);

    protected override CountRange Count(in Subject subject, string? region) => ((ByRegion)subject.Account.TallyOf(this)).Total(region);

    private sealed class ByRegion(Condition? where) : Tally
    {
        private readonly Dictionary<string, CountRange> _regions = new(StringComparer.Ordinal);

        public override void Add(in Subject subject)
        {
            _regions.TryGetValue(subject.Resource.Region, out var sofar);
            _regions[subject.Resource.Region] = sofar.Add(where?.Evaluate(subject) ?? Verdict.True);
        }

        public CountRange Total(string? region)
        {
            if (region is not null)
            {
                return _regions.TryGetValue(region, out var found) ? found : default;
            }

            var sum = default(CountRange);
            foreach (var part in _regions.Values)
            {
                sum += part;
            }

            return sum;
        }
    }
}
