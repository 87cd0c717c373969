namespace CloudPosture.Sandbox;

/// <summary>An account of the organization.</summary>
/// <param name="Index">Its place in the organization; 0 is the management account.</param>
/// <param name="Id">Twelve digits.</param>
/// <param name="Name">The account's name.</param>
/// <param name="UnitIndex">The organizational unit; -1 is the root.</param>
public sealed record SandboxAccount(int Index, string Id, string Name, int UnitIndex)
{
    public bool IsManagement => Index == 0;

    /// <summary>The role that reads the account: <c>CloudPostureReadOnly</c>.</summary>
    public string ReaderRoleArn => $"arn:aws:iam::{Id}:role/{SandboxOrganization.ReaderRole}";
}
