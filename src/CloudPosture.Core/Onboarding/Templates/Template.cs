using System;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Writes a role as a template or script that someone else runs.</summary>
public static class Template
{
    /// <summary>Writes one.</summary>
    /// <param name="format">The form.</param>
    /// <param name="request">What is handed over.</param>
    /// <returns>The text, lines ending in LF; in CR LF for a batch file.</returns>
    /// <exception cref="Roles.RoleSpecException">The role breaks a limit of AWS, or of the form.</exception>
    /// <exception cref="UnquotableArgumentException">A text of the role cannot be passed on in that shell.</exception>
    public static string Write(TemplateFormat format, TemplateRequest request)
    {
        var role = request.Role.Validate();
        return format switch
        {
            TemplateFormat.CloudFormation => Yaml.Write(CloudFormationTemplate.Stack(role)),
            TemplateFormat.CloudFormationJson => CloudFormationTemplate.ToJson(CloudFormationTemplate.Stack(role)),
            TemplateFormat.CloudFormationStackSet => Yaml.Write(CloudFormationTemplate.StackSet(request)),
            TemplateFormat.Terraform => TerraformTemplate.Write(role),
            TemplateFormat.Bash => RoleScript.Write(role, new BashDialect()),
            TemplateFormat.Cmd => RoleScript.Write(role, new CmdDialect()),
            TemplateFormat.WindowsPowerShell => RoleScript.Write(role, new PowerShellDialect(Shell.WindowsPowerShell)),
            TemplateFormat.PowerShell => RoleScript.Write(role, new PowerShellDialect(Shell.PowerShell)),
            TemplateFormat.Console => ConsoleSteps.Write(role),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    /// <summary>The usual extension of a form's file.</summary>
    /// <param name="format">The form.</param>
    /// <returns>The extension with its dot.</returns>
    public static string Extension(TemplateFormat format) => format switch
    {
        TemplateFormat.CloudFormation or TemplateFormat.CloudFormationStackSet => ".yaml",
        TemplateFormat.CloudFormationJson => ".json",
        TemplateFormat.Terraform => ".tf",
        TemplateFormat.Bash => ".sh",
        TemplateFormat.Cmd => ".cmd",
        TemplateFormat.WindowsPowerShell or TemplateFormat.PowerShell => ".ps1",
        _ => ".txt",
    };
}
