using System;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Connections;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Delegation;

/// <summary>What AWS accepts in a delegation request (IAM API reference, CreateDelegationRequest), checked before anything is sent.</summary>
public static class DelegationRules
{
    /// <summary>The longest note of a rejection or a forwarding.</summary>
    public const int LongestNotes = 500;

    private static readonly Regex Latin1 = Whole(@"[\t\n\r\x20-\x7E\u00A1-\u00FF]*");
    private static readonly Regex TemplateArn = Whole(@"arn:aws[a-z-]*:iam:[^:\s]*:[^:\s]*:delegation-template/[\x21-\x7E]+");
    private static readonly Regex TopicArn = Whole(@"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
    private static readonly Regex Redirect = Whole(@"https?://[A-Za-z0-9.-]+(/[^\s%]*)?(\?[^\s%]*)?");
    private static readonly Regex RequestId = Whole(@"[A-Za-z0-9_-]{16,128}");
    private static readonly Regex Region = Whole(@"[a-z]{2,5}(-[a-z]{2,12}){1,3}-[0-9]{1,2}");

    /// <summary>Checks every value of a request, and the connection and the role that it is to end in.</summary>
    /// <param name="spec">The request.</param>
    /// <returns>The same request.</returns>
    /// <exception cref="DelegationException">A value breaks a limit; the message names both.</exception>
    public static DelegationSpec Validate(DelegationSpec spec)
    {
        Demand(AwsLimits.IsAccountId(spec.OwnerAccountId), $"The owner account '{spec.OwnerAccountId}' is not 12 digits.");
        DemandText("description", spec.Description, 1, 1000);
        Demand(Latin1.IsMatch(spec.Description), "The description holds a character that IAM refuses: it accepts those of Latin-1, tabs and line ends.");
        DemandText("message", spec.Message ?? "", 0, 200);
        DemandText("policy template's ARN", spec.PolicyTemplateArn, 20, 2048);
        Demand(TemplateArn.IsMatch(spec.PolicyTemplateArn), $"'{spec.PolicyTemplateArn}' is not the ARN of a policy template, like arn:aws:iam:::delegation-template/NAME.");
        Demand(spec.Parameters.Count <= 50, $"A request has at most 50 template parameters, not {spec.Parameters.Count}.");
        foreach (var parameter in spec.Parameters)
        {
            Validate(parameter);
        }

        Demand(spec.Parameters.Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal).Count() == spec.Parameters.Count, "A template parameter is given twice: each has one entry.");
        DemandText("workflow id", spec.WorkflowId, 5, 400);
        Demand(spec.NotificationTopic.Length <= 400 && TopicArn.IsMatch(spec.NotificationTopic), $"'{spec.NotificationTopic}' is not the ARN of an SNS topic, like arn:aws:sns:eu-central-1:123456789012:delegation.");
        Demand(spec.SessionDuration is >= 300 and <= 43200, $"A delegated session lasts 300 to 43,200 seconds, not {spec.SessionDuration}.");
        Demand(
            spec.RedirectUrl is null || (spec.RedirectUrl.Length <= 255 && Redirect.IsMatch(spec.RedirectUrl)),
            $"The redirect URL '{spec.RedirectUrl}' must be http or https, at most 255 characters, with no port and no %.");
        Validate(spec.Plan, spec.OwnerAccountId);
        return spec;
    }

    /// <summary>Checks a note.</summary>
    /// <param name="notes">The note; null for none.</param>
    /// <exception cref="DelegationException">It is too long.</exception>
    public static void ValidateNotes(string? notes) => DemandText("note", notes ?? "", 0, LongestNotes);

    /// <summary>Checks the id of a request.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The same id.</returns>
    /// <exception cref="DelegationException">AWS gives no such ids.</exception>
    public static string ValidateRequestId(string id)
    {
        Demand(RequestId.IsMatch(id), $"'{id}' is not the id of a delegation request: those have 16 to 128 letters, digits, _ and -.");
        return id;
    }

    private static void Validate(DelegationParameter parameter)
    {
        DemandText("template parameter's name", parameter.Name, 5, 256);
        Demand(parameter.Values.Count > 0, $"The template parameter '{parameter.Name}' has no value.");
        Demand(parameter.IsList || parameter.Values.Count == 1, $"The template parameter '{parameter.Name}' is a single text, and {parameter.Values.Count} are given.");
    }

    private static void Validate(DelegationPlan plan, string ownerAccountId)
    {
        Demand(Region.IsMatch(plan.Region), $"'{plan.Region}' is not a Region's name, like eu-central-1.");
        Demand(
            plan.Kind == ConnectionKind.Account || plan.PermissionsBoundary is not null,
            "For an organization, name a permissions boundary that allows sts:AssumeRole: every role made under delegation is bounded, and the management account's has to enter the others, which SecurityAudit does not allow.");
        try
        {
            DelegatedRoles.Of(plan, ownerAccountId, plan.PermissionsBoundary ?? DelegatedRoles.DefaultBoundary).Validate();
            ConnectionRules.Validate(DelegatedConnection.Of(plan, ownerAccountId));
        }
        catch (Exception problem) when (problem is RoleSpecException or ConnectionException)
        {
            throw new DelegationException(DelegationError.Invalid, problem.Message, problem);
        }
    }

    private static void DemandText(string what, string text, int shortest, int longest) => Demand(
        text.Length >= shortest && text.Length <= longest,
        $"The {what} has {text.Length:N0} characters, and AWS accepts {(shortest > 0 ? $"{shortest} to " : "at most ")}{longest:N0}.");

    private static void Demand(bool condition, string message)
    {
        if (!condition)
        {
            throw new DelegationException(DelegationError.Invalid, message);
        }
    }

    private static Regex Whole(string pattern) => new($@"\A({pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
