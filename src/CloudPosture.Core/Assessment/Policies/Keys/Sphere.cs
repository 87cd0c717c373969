namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>Where a requester stands to the owner of the resource, and so what its requests can say.</summary>
internal enum Sphere : byte
{
    /// <summary>Anyone in the world: nothing that AWS assigns to them is named in any policy.</summary>
    Stranger,

    /// <summary>Anyone outside the owner's account; whatever a policy names may be theirs.</summary>
    Outsider,

    /// <summary>An account outside the owner's organization, which does not give the external ID that a policy names.</summary>
    ThirdParty,

    /// <summary>Anyone at all, of whichever account.</summary>
    Anyone,

    /// <summary>The owner's own identity, asking for what no policy singles out.</summary>
    Own,

    /// <summary>Whoever holds an identity's policies, asking for whatever there is: what a condition asks for may be so.</summary>
    Holder,
}
