using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>An OpenID Connect provider that many tenants share.</summary>
/// <param name="Host">Its address without a scheme.</param>
/// <param name="Claims">The claims that tell tenants apart.</param>
/// <param name="Owner">Which part of such a claim, from 0 and split at colons and slashes, names the tenant; null where the whole does.</param>
/// <param name="Shape">What the claim looks like in a stranger's token; <c>~</c> stands in the tenant's name.</param>
internal sealed record SharedProvider(string Host, IReadOnlyList<string> Claims, int? Owner, string Shape);
