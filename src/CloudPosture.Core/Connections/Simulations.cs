using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Aws.Models;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Connections;

/// <summary>The questions to IAM's policy simulator that ask for what a harvest is going to do.</summary>
internal static class Simulations
{
    private const int ActionsACall = 100;

    // Its action says no more than GET; what is got stands in the resource, and SecurityAudit grants it on named resources alone.
    private const string ByPath = "apigateway:";
    private static readonly Regex Parameter = new(@"\{[^}]+\}", RegexOptions.CultureInvariant);

    /// <summary>The inputs of SimulatePrincipalPolicy.</summary>
    /// <param name="principal">Who is going to ask.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="region">A Region that is going to be asked.</param>
    /// <param name="catalog">What is going to be called.</param>
    /// <param name="models">The models of what is going to be called.</param>
    public static IEnumerable<object> Of(string principal, IReadOnlyList<string> actions, string partition, string region, ServiceCatalog catalog, ServiceModels models)
    {
        var general = actions.Where(action => !IsByPath(action)).ToList();
        for (var first = 0; first < general.Count; first += ActionsACall)
        {
            yield return new { PolicySourceArn = principal, ActionNames = general.Skip(first).Take(ActionsACall) };
        }

        foreach (var action in actions.Where(IsByPath))
        {
            yield return new { PolicySourceArn = principal, ActionNames = new[] { action }, ResourceArns = Paths(action, catalog, models).Select(path => $"arn:{partition}:apigateway:{region}::{path}") };
        }
    }

    private static bool IsByPath(string action) => action.StartsWith(ByPath, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Paths(string action, ServiceCatalog catalog, ServiceModels models) => catalog.Services
        .SelectMany(service => service.Resources.SelectMany(resource => resource.Operations).Where(call => service.ActionOf(call) == action)
            .Select(call => models.Get(service.Model).Operation(call.Operation).RequestUri.Split('?')[0]))
        .Select(path => Parameter.Replace(Regex.Replace(path, "^/v2(?=/)", ""), "x"))
        .Distinct(StringComparer.Ordinal)
        .OrderBy(path => path, StringComparer.Ordinal);
}
