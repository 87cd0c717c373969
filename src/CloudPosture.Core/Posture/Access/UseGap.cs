namespace CloudPosture.Posture.Access;

/// <summary>Why it is not known what a user or role does not use.</summary>
public enum UseGap : byte
{
    /// <summary>When it used services was not read.</summary>
    NoLastAccess,

    /// <summary>A policy of it was not read, so that it may be allowed more than is told.</summary>
    NoPolicy,
}
