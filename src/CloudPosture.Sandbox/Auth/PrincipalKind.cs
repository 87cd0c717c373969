namespace CloudPosture.Sandbox.Auth;

internal enum PrincipalKind
{
    User,
    RoleSession,
    Root,
}
