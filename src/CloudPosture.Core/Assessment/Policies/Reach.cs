namespace CloudPosture.Assessment.Policies;

/// <summary>How far a policy opens a resource, least first.</summary>
internal enum Reach : byte
{
    /// <summary>The account itself, and AWS services.</summary>
    Own,

    /// <summary>Named others: accounts, an organization, a network.</summary>
    Others,

    /// <summary>Anyone.</summary>
    Public,
}
