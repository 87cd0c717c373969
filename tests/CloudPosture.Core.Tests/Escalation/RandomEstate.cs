using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Tests.Escalation;

/// <summary>Accounts with random identities, of which a change makes others that are otherwise the same.</summary>
internal sealed class RandomEstate
{
    private static readonly string[] Methodical = [.. EscalationMethods.Of(Shipped.Content).SelectMany(method => method.Actions).Select(action => action.Name).Distinct()];
    private static readonly string[] Services = ["lambda.amazonaws.com", "ec2.amazonaws.com", "cloudformation.amazonaws.com", "glue.amazonaws.com"];
    private readonly List<(bool IsRole, string Name, List<string> Statements, List<string> Trust, string? Boundary)> _identities = [];

    public RandomEstate(int seed)
    {
        var random = new Random(seed);
        string Pick(params string[] texts) => texts[random.Next(texts.Length)];
        string Target() => Pick("*", "arn:aws:iam::111122223333:role/r*", $"arn:aws:iam::111122223333:role/r{random.Next(5)}", "arn:aws:lambda:*:*:function:*", "arn:aws:iam::111122223333:user/${aws:username}");
        string Limit() => Pick("", "", "", Plant.Condition("StringEquals", "iam:PassedToService", "lambda.amazonaws.com"), Plant.Condition("Bool", "aws:MultiFactorAuthPresent", "true"), Plant.Condition("StringEquals", "aws:RequestedRegion", "eu-west-1"));
        for (var number = 0; number < 9; number++)
        {
            List<string> statements = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Plant.Allow(
                Pick("lambda:*", "iam:PassRole", "sts:AssumeRole", "iam:Put*", "cloudformation:*", "ec2:*", "glue:*", Methodical[random.Next(Methodical.Length)], "s3:*"), Target(), Limit()))];
            if (number % 4 == 3)
            {
                statements.Add(Plant.Allow("*"));
            }

            if (random.Next(4) == 0)
            {
                statements.Add(Plant.Deny(Pick("iam:Put*", "lambda:Create*", "sts:*"), Pick("*", "arn:aws:iam::*:role/r1")));
            }

            List<string> trust = [random.Next(2) == 0 ? Plant.TrustOf("Service", Pick(Services)) : Plant.TrustOf("AWS", Pick("arn:aws:iam::111122223333:root", $"arn:aws:iam::111122223333:user/u{random.Next(5)}"))];
            _identities.Add((number % 2 == 1, $"{(number % 2 == 1 ? "r" : "u")}{number / 2}", statements, trust, random.Next(5) == 0 ? Plant.Allow(Pick("iam:*", "lambda:*", "*")) : null));
        }
    }

    public int Count => _identities.Count;

    /// <summary>Who may do everything or can come to it, with what: <c>name certain</c> or <c>name possible</c>; administrators are certain.</summary>
    /// <param name="statements">Changes the statements of an identity by its place.</param>
    /// <param name="boundary">A boundary in place of none.</param>
    /// <param name="order">Changes the order of the identities.</param>
    public IReadOnlyCollection<string> Powerful(
        Func<int, List<string>, IEnumerable<string>>? statements = null, Func<int, string?>? boundary = null, Func<IEnumerable<int>, IEnumerable<int>>? order = null)
    {
        var plant = new Plant();
        plant.Policy("open", [Plant.Allow("*")]);
        foreach (var place in (order ?? (places => places))(Enumerable.Range(0, _identities.Count)))
        {
            var (isRole, name, own, trust, bound) = _identities[place];
            var limit = (bound ?? boundary?.Invoke(place)) is { } text ? plant.Policy("bound" + name, [text]) : null;
            var all = (statements?.Invoke(place, own) ?? own).ToList();
            _ = isRole ? plant.Role(name, all, trust, limit, profile: true) : plant.User(name, all, limit);
        }

        var estate = Plant.Estate(plant);
        var graph = new EscalationGraph(estate, EscalationMethods.Of(Shipped.Content));
        var reached = new EscalationSearch(graph).Into([.. graph.Administrators, graph.Administrator(Plant.Account)], default);
        return
        [
            .. estate.Identities.Where(identity => graph.IsAdministrator(identity) || reached.ContainsKey(identity))
                .Select(identity => $"{identity.Name} {(graph.IsAdministrator(identity) || IsCertain(identity) ? "certain" : "possible")}"),
        ];

        bool IsCertain(CloudPosture.Assessment.Access.Identity identity)
        {
            for (var at = identity; reached.TryGetValue(at, out var step); at = step.To)
            {
                if (!step.IsCertain)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
