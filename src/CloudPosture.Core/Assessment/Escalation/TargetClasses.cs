using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Access;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Sorts all that methods may be used on, each sort once: roles that trust a service, users, functions with their roles.</summary>
internal sealed class TargetClasses
{
    private const string Everyone = "*";
    private readonly IdentityEstate _estate;
    private readonly Trusts _trusts;
    private readonly IReadOnlyList<EscalationMethod> _methods;
    private readonly Dictionary<string, TargetClass> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<Identity, List<(TargetClass Class, int Place)>> _places = [];
    private readonly Dictionary<string, List<Identity>> _trustingAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Identity>> _trustingName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Identity>> _profiles = new(StringComparer.Ordinal);
    private Dictionary<string, Identity>? _roles;

    public TargetClasses(IdentityEstate estate, Trusts trusts, IReadOnlyList<EscalationMethod> methods)
    {
        (_estate, _trusts, _methods) = (estate, trusts, methods);
        foreach (var role in estate.Identities.Where(identity => identity.Kind == IdentityKind.Role))
        {
            var (accounts, names) = Trusts.Signed(role);
            foreach (var account in accounts)
            {
                Add(_trustingAccount, account, role);
            }

            foreach (var name in names)
            {
                Add(_trustingName, name, role);
            }
        }
    }

    /// <summary>Where an identity is a target.</summary>
    public IReadOnlyList<(TargetClass Class, int Place)> PlacesOf(Identity identity) => _places.TryGetValue(identity, out var places) ? places : [];

    /// <summary>The role that something works with; null where there is none, or nothing of that ARN was read.</summary>
    public Identity? RoleOf(string thingArn) => (_roles ??= RolesByThing()).TryGetValue(thingArn, out var role) ? role : null;

    /// <summary>The roles that trust an identity by name.</summary>
    public TargetClass? TrustingByName(Identity identity) => !_trustingName.TryGetValue(identity.Arn, out var roles) ? null
        : Class("named|" + identity.Arn, () => roles.Select(Plain));

    /// <summary>The targets of a method for those of an account.</summary>
    public TargetClass Of(EscalationMethod method, IdentityAccount account)
    {
        var key = method.Key;
        return method.Through is { } thing ? Class($"thing|{account.AccountId}|{thing.Type}|{string.Join(",", thing.Roles)}|{thing.Trusts}|{key is null}", () => Things(thing, account, key is { On: EscalationObject.Thing }))
            : key is null ? Class("none", () => [])
            : key.IsAssumption && !method.ChangesTrust ? Class("assume|" + account.AccountId, () => Trusting(account.AccountId).Concat(Trusting(Everyone)).Distinct().Select(Plain))
            : key.To.Count > 0 ? Class($"pass|{account.AccountId}|{string.Join(",", key.To)}", () => RolesOfServices(account, key.To))
            : key.On == EscalationObject.User ? Class("user|" + account.AccountId, () => account.Identities.Where(identity => identity.Kind == IdentityKind.User).Select(Plain))
            : Class("role|" + account.AccountId, () => Roles(account).Where(role => !role.IsServiceLinked).Select(Plain));
    }

    private IEnumerable<(EscalationTarget Target, string? Arn)> RolesOfServices(IdentityAccount account, IReadOnlyList<string> services) => Roles(account)
        .Where(role => services.SelectMany(service => Trusts.NamesOf(service, account.Partition)).Any(service => _trusts.MayTrust(role, service)))
        .Select(Plain);

    private IEnumerable<(EscalationTarget Target, string? Arn)> Things(EscalationThing thing, IdentityAccount account, bool isKey)
    {
        if (thing.Type is not { } type || !account.WasRead(type))
        {
            // What was not read may be there for each role that such things work with.
            return Roles(account).Where(role => thing.Trusts is { } service && Trusts.NamesOf(service, account.Partition).Any(name => _trusts.MayTrust(role, name)))
                .Select(role => (new EscalationTarget(role, null) { IsUnseen = thing.Type is not null }, (string?)null));
        }

        return from resource in account.Others[type]
               from role in RolesOf(resource, thing, account).Distinct()
               select (new EscalationTarget(role, resource), isKey ? resource.Arn : null);
    }

    private IEnumerable<Identity> RolesOf(Resource resource, EscalationThing thing, IdentityAccount account) => thing.Roles
        .SelectMany(path => path.FindAll(resource.Configuration))
        .Where(value => value.ValueKind == JsonValueKind.String)
        .Select(value => Named(value.GetString()!, account))
        .OfType<Identity>();

    private Dictionary<string, Identity> RolesByThing()
    {
        var roles = new Dictionary<string, Identity>(StringComparer.Ordinal);
        foreach (var (arn, role) in from thing in _methods.Select(method => method.Through).OfType<EscalationThing>()
                                    where thing.Type is not null
                                    from account in _estate.Accounts
                                    where account.Others.ContainsKey(thing.Type!)
                                    from resource in account.Others[thing.Type!]
                                    from role in RolesOf(resource, thing, account).Take(1)
                                    select (resource.Arn, role))
        {
            roles[arn] = role;
        }

        return roles;
    }

    // A role is named by its ARN or its name, or stands behind an instance profile.
    private Identity? Named(string name, IdentityAccount account)
    {
        if (!_profiles.TryGetValue(account.AccountId, out var names))
        {
            _profiles[account.AccountId] = names = new(StringComparer.Ordinal);
            foreach (var role in Roles(account))
            {
                names[role.Arn] = role;
                names[role.Name] = role;
            }

            foreach (var (profile, role) in from role in Roles(account) from profile in role.Profiles select (profile, role))
            {
                names[profile] = role;
                names[profile.Substring(profile.LastIndexOf('/') + 1)] = role;
            }
        }

        return names.TryGetValue(name, out var found) ? found : null;
    }

    private TargetClass Class(string name, Func<IEnumerable<(EscalationTarget, string?)>> targets)
    {
        if (!_classes.TryGetValue(name, out var found))
        {
            _classes[name] = found = new TargetClass(targets());
            for (var place = 0; place < found.Targets.Length; place++)
            {
                var identity = found.Targets[place].Identity;
                if (!_places.TryGetValue(identity, out var places))
                {
                    _places[identity] = places = [];
                }

                places.Add((found, place));
            }
        }

        return found;
    }

    private IEnumerable<Identity> Trusting(string account) => _trustingAccount.TryGetValue(account, out var roles) ? roles : [];

    private static IEnumerable<Identity> Roles(IdentityAccount account) => account.Identities.Where(identity => identity.Kind == IdentityKind.Role);

    private static (EscalationTarget, string?) Plain(Identity identity) => (new EscalationTarget(identity, null), identity.Arn);

    private static void Add(Dictionary<string, List<Identity>> lists, string key, Identity identity)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(identity);
    }
}
