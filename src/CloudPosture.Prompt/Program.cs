using CloudPosture.Prompt;
using Microsoft.PowerShell;

// "demo" shows the main job; "sandbox [-Accounts N] [-Regions N]" opens a prompt with an AWS of our own behind it;
// everything else is for pwsh, which this program is.
string[] line = args switch
{
    ["demo", .. var more] => ["-NoProfile", "-NonInteractive", "-File", Repository.File("module", "demo.ps1"), .. more],
    ["sandbox", .. var more] => ["-NoLogo", "-NoProfile", "-NoExit", "-Command", Sandbox.Opening(more)],
    _ => args,
};

return UnmanagedPSEntry.Start(line, line.Length);
