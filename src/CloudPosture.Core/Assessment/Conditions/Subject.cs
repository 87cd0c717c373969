using System;
using System.Text.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Conditions;

/// <summary>What a condition looks at: a resource, or an element of one, in its account.</summary>
internal readonly struct Subject
{
    private Subject(JsonElement root, Resource resource, Resource assessed, AccountIndex account, bool isElement)
    {
        Root = root;
        Resource = resource;
        Assessed = assessed;
        Account = account;
        IsElement = isElement;
    }

    public Subject(Resource resource, AccountIndex account)
        : this(resource.Configuration, resource, resource, account, isElement: false)
    {
    }

    /// <summary>Where field paths start.</summary>
    public JsonElement Root { get; }

    /// <summary>The resource that <see cref="Root"/> is, or is part of.</summary>
    public Resource Resource { get; }

    /// <summary>The resource under assessment, which differs from <see cref="Resource"/> while others are counted.</summary>
    public Resource Assessed { get; }

    public AccountIndex Account { get; }

    /// <summary>True inside an array, whose own gaps were looked at on the way in.</summary>
    public bool IsElement { get; }

    /// <summary>The time that ages are measured against.</summary>
    public DateTimeOffset Now => Resource.HarvestedAt;

    public Subject Element(JsonElement element) => new(element, Resource, Assessed, Account, isElement: true);

    public Subject Counted(Resource other) => new(other.Configuration, other, Assessed, Account, isElement: false);

    /// <summary>The subject that <c>outer</c> refers to.</summary>
    public Subject Outer() => new(Assessed.Configuration, Assessed, Assessed, Account, isElement: false);
}
