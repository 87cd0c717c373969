namespace CloudPosture.Onboarding.Templates;

/// <summary>The forms in which a role can be handed over to whoever creates it.</summary>
public enum TemplateFormat
{
    /// <summary>A CloudFormation template in YAML.</summary>
    CloudFormation,

    /// <summary>A CloudFormation template in JSON.</summary>
    CloudFormationJson,

    /// <summary>A CloudFormation template in YAML for an organization's management account: a service-managed StackSet for the accounts, and the management account's own role.</summary>
    CloudFormationStackSet,

    /// <summary>Terraform's HCL.</summary>
    Terraform,

    /// <summary>A Bash script that calls the AWS CLI.</summary>
    Bash,

    /// <summary>A batch file that calls the AWS CLI.</summary>
    Cmd,

    /// <summary>A script for Windows PowerShell 5.1 that calls the AWS CLI.</summary>
    WindowsPowerShell,

    /// <summary>A script for PowerShell 7.3 and later that calls the AWS CLI.</summary>
    PowerShell,

    /// <summary>Numbered steps for the AWS console.</summary>
    Console,
}
