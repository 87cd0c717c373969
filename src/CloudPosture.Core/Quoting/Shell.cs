namespace CloudPosture.Quoting;

/// <summary>The shells a command line can be written for.</summary>
public enum Shell
{
    /// <summary>Bash, and what else follows POSIX quoting.</summary>
    Bash,

    /// <summary>A batch file of cmd.exe. What holds no <c>%</c> can also be typed at its prompt.</summary>
    Cmd,

    /// <summary>Windows PowerShell 5.1, and PowerShell before 7.3, which pass arguments the same broken way.</summary>
    WindowsPowerShell,

    /// <summary>PowerShell 7.3 and later, on any system.</summary>
    PowerShell,
}
