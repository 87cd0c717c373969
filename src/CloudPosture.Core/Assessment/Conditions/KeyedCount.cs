using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Conditions;

/// <summary>
/// Counts the resources one field of which equals a field of the resource under assessment (<c>{field: VpcId, equals: {outer: VpcId}}</c>),
/// and that meet the rest of the condition. Each value of the field keeps its count; looking one up costs no walk through the others.
/// </summary>
internal sealed class KeyedCount(string type, bool sameRegion, OuterCondition key, Condition? rest, NumberTest test) : TalliedCount(type, sameRegion, key, test)
{
    private readonly OuterCondition _key = key;

    public override Tally Begin() => new ByKey(_key.Field, rest);

    protected override CountRange Count(in Subject subject, string? region)
    {
        var tally = (ByKey)subject.Account.TallyOf(this);
        return _key.Outer.Resolve(subject.Outer(), out var wanted) switch
        {
            FieldState.Present => tally.Equal(wanted.Key, region),
            FieldState.Unreadable => tally.Any(region),
            _ => tally.Hidden(region),
        };
    }

    private sealed class ByKey(FieldReference field, Condition? rest) : Tally
    {
        private readonly Dictionary<string, Values> _regions = new(StringComparer.Ordinal);

        public override void Add(in Subject subject)
        {
            var verdict = rest?.Evaluate(subject) ?? Verdict.True;
            if (verdict == Verdict.False)
            {
                return;
            }

            if (!_regions.TryGetValue(subject.Resource.Region, out var values))
            {
                _regions[subject.Resource.Region] = values = new();
            }

            values.Candidates++;
            switch (field.Resolve(subject, out var value))
            {
                case FieldState.Unreadable:
                    values.Hidden++;
                    break;
                case FieldState.Present when value.Key is { } key:
                    values.Counts.TryGetValue(key, out var sofar);
                    values.Counts[key] = sofar.Add(verdict);
                    break;
            }
        }

        /// <summary>Those whose field has the value; where it could not be read, it may have it.</summary>
        public CountRange Equal(string? key, string? region) =>
            Sum(region, values => (key is not null && values.Counts.TryGetValue(key, out var count) ? count : default) + new CountRange(0, values.Hidden));

        /// <summary>Those that may match a value nobody could read.</summary>
        public CountRange Any(string? region) => Sum(region, values => new CountRange(0, values.Candidates));

        /// <summary>Those whose own field could not be read.</summary>
        public CountRange Hidden(string? region) => Sum(region, values => new CountRange(0, values.Hidden));

        private CountRange Sum(string? region, Func<Values, CountRange> count)
        {
            if (region is not null)
            {
                return _regions.TryGetValue(region, out var values) ? count(values) : default;
            }

            var sum = default(CountRange);
            foreach (var values in _regions.Values)
            {
                sum += count(values);
            }

            return sum;
        }

        /// <summary>The counts of one Region.</summary>
        private sealed class Values
        {
            public Dictionary<string, CountRange> Counts { get; } = new(StringComparer.Ordinal);

            public int Candidates { get; set; }

            public int Hidden { get; set; }
        }
    }
}
