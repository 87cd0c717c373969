using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Checks what a service's file says against its API model and against IAM.</summary>
internal static class ServiceCheck
{
    private static readonly string[] ReadingVerbs = ["List", "Describe", "Get", "BatchGet", "BatchDescribe", "Search"];

    public static IEnumerable<string> Of(ServiceEntry service, ServiceModel model, TypeShapes shapes)
    {
        foreach (var problem in service.Resources.SelectMany(resource => resource.Operations).SelectMany(call => OfCall(service, model, call)).Distinct())
        {
            yield return problem;
        }

        foreach (var action in service.NewActions.Keys)
        {
            if (IamActions.Find(action) is not null)
            {
                yield return $"IAM's list holds {action} by now: take it out of 'newActions'.";
            }
            else if (!ReadingVerbs.Any(verb => action.StartsWith(service.IamPrefix + ":" + verb, System.StringComparison.Ordinal)))
            {
                yield return $"{action} in 'newActions' does not begin as reading actions do: {string.Join(", ", ReadingVerbs)}.";
            }
        }

        foreach (var resource in service.Resources)
        {
            if (resource.List?.IsEventHistory == true != service.IsOfEvents || (service.IsOfEvents && (resource.Keep is null || resource.Calls.Count > 0)))
            {
                yield return $"{resource.Type}: events are read by an {ContentSource.EventsFile} alone, which decodes each of its lists as eventHistory, says what to keep and calls nothing else.";
            }

            foreach (var problem in OfResource(resource, model, shapes).Concat(SecretMembers.Problems(resource, model)))
            {
                yield return $"{resource.Type}: {problem}";
            }
        }
    }

    private static IEnumerable<string> OfCall(ServiceEntry service, ServiceModel model, OperationEntry call)
    {
        if (!model.Operations.TryGetValue(call.Operation, out var operation))
        {
            yield return $"the model has no operation {call.Operation}: run CloudPosture.ModelGenerator for '{service.Name}'.";
            yield break;
        }

        var action = service.ActionOf(call);
        if (IamActions.Find(action, [service]) is not { } known)
        {
            yield return $"IAM knows no action {action} ({call.Operation}): give 'action', or name it under 'newActions' if it is newer than the list.";
        }
        else if (!known.ReadsConfiguration && !(service.IsOfEvents && CustomerData.IsOnRequest(action)))
        {
            yield return $"{action} ({call.Operation}) is of level {known.AccessLevel} or returns customer data: it may not be called.";
        }

        foreach (var member in call.Input.Names.Where(name => operation.Input.Member(name) is null))
        {
            yield return $"{call.Operation} takes no '{member}'.{Near(member, operation.Input.Members.Select(known => known.Name))}";
        }

        foreach (var required in operation.Input.Required.Where(required => !call.Input.Names.Contains(required) && !IsGiven(call, required)))
        {
            yield return $"{call.Operation} needs '{required}'.";
        }
    }

    private static bool IsGiven(OperationEntry call, string member) => call is ListEntry list && (list.Each?.Input == member || list.Walk?.Input == member);

    private static IEnumerable<string> OfResource(ResourceEntry resource, ServiceModel model, TypeShapes shapes)
    {
        if (resource.List is { IsCredentialReport: false } list && model.Operations.TryGetValue(list.Operation, out var operation) && TypeShapes.Miss(operation.Output, list.Items.Text) is var (unknown, known))
        {
            yield return $"{list.Operation} answers no '{unknown}' (items: {list.Items.Text}).{Near(unknown, known)}";
        }

        foreach (var call in resource.Calls.Where(call => model.Operations.ContainsKey(call.Operation)))
        {
            foreach (var path in call.Keep?.Paths ?? [])
            {
                if (shapes.Miss(resource.Type, call.Field + "." + path) is var (unkept, near))
                {
                    yield return $"{call.Operation} answers no '{unkept}' (keep: {path}).{Near(unkept, near)}";
                }
            }

            if (TypeShapes.Miss(model.Operation(call.Operation).Output, call.Select.Text) is var (missing, there))
            {
                yield return $"{call.Operation} answers no '{missing}' (select: {call.Select.Text}).{Near(missing, there)}";
            }
        }

        foreach (var problem in resource.Calls.SelectMany(call => OfOrder(resource, call, model)))
        {
            yield return problem;
        }

        var paths = resource.Id.Paths.Concat(resource.Arn.Paths).Concat(resource.Name?.Paths ?? []).Select(path => path.Text)
            .Concat(resource.Tags is { } tags ? [tags.Text] : [])
            .Concat(resource.Relations.Select(relation => relation.By.Text))
            .Concat(resource.Sensitive.Select(member => member.Path.Text))
            .Concat(resource.Always)
            .Concat(resource.Keep?.Paths ?? [])
            .Concat(resource.Finding?.Paths ?? [])
            .Concat(resource.Calls.SelectMany(call => call.Input.Paths).Select(path => path.Text));
        if (resource.Calls.Any(call => !model.Operations.ContainsKey(call.Operation)))
        {
            yield break;
        }

        foreach (var path in paths.Distinct())
        {
            if (shapes.Miss(resource.Type, path) is var (unknown2, known2))
            {
                yield return $"it has no '{unknown2}' (in '{path}').{Near(unknown2, known2)}";
            }
        }
    }

    /// <summary>Calls go side by side but for those that come first: what one of them answers, no other can send.</summary>
    private static IEnumerable<string> OfOrder(ResourceEntry resource, CallEntry call, ServiceModel model) =>
        from path in call.Input.Paths
        let member = path.FirstMember
        from other in resource.Calls
        where other != call && other.Field == member && (!other.First || call.First) && !IsListed(resource, member, model)
        select $"{call.Operation} sends '{path.Text}', which {other.Operation} answers beside it: give {other.Operation} 'first: true'.";

    private static bool IsListed(ResourceEntry resource, string member, ServiceModel model) =>
        resource.List is { } list
        && (list.ItemField == member
            || (model.Operations.TryGetValue(list.Operation, out var operation) && TypeShapes.Miss(operation.Output, list.Items.IsRoot ? member : $"{list.Items.Text}.{member}") is null));

    private static string Near(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        return NearestName.Of(name, names) is { } near ? $" Did you mean '{near}'?" : $" Known there are: {string.Join(", ", names.Order())}.";
    }
}
