# Starts the sandbox, imports the built module, and points both at a folder of their own. Dot-source it in BeforeAll.

function Start-Sandbox {
    param([int] $Accounts = 2, [int] $Regions = 2, [string[]] $Fault, [switch] $Planted, [switch] $Paths)

    $root = Split-Path -Path (Split-Path -Path $PSScriptRoot)
    $assembly = Get-ChildItem -Path "$root/src/CloudPosture.Sandbox/bin/*/net10.0/CloudPosture.Sandbox.dll" |
        Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1
    if (-not $assembly) {
        throw 'The sandbox is not built. Run: dotnet build CloudPosture.sln'
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = "`"$($assembly.FullName)`" serve --accounts $Accounts --regions $Regions --writes `"$(Join-Path $TestDrive 'writes')`""
    $list = Join-Path $TestDrive 'planted.csv'
    if ($Planted) { $start.Arguments += " --planted `"$list`"" }
    if ($Paths) { $start.Arguments += ' --paths' }
    foreach ($one in $Fault) { $start.Arguments += " --fault $one" }
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $text = [System.Text.StringBuilder]::new()
    while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
        [void] $text.AppendLine($line)
        if ($line -match 'worth nothing outside') { break }
    }

    $output = $text.ToString()
    foreach ($variable in [regex]::Matches($output, "\`$env:(?<name>AWS_\w+) = '(?<value>[^']+)'")) {
        Set-Item -Path "env:$($variable.Groups['name'].Value)" -Value $variable.Groups['value'].Value
    }

    $env:AWS_EC2_METADATA_DISABLED = 'true'
    $env:AWS_CONFIG_FILE = Join-Path $TestDrive 'aws-config'
    $env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $TestDrive 'aws-credentials'
    $env:CLOUDPOSTURE_HOME = Join-Path $TestDrive 'home'
    Import-Module "$root/CloudPosture.psd1" -Force

    # Nobody else needs the sandbox's rates.
    $global:PSDefaultParameterValues['Invoke-PostureHarvest:QuotaShare'] = 1
    $administrator = [regex]::Match($output, 'use this key instead: (?<id>\S+) / (?<secret>\S+)')
    [pscustomobject]@{
        # A line for each call that could change something.
        Writes        = Join-Path $TestDrive 'writes'
        Administrator = @{ AccessKey = $administrator.Groups['id'].Value; SecretKey = $administrator.Groups['secret'].Value }
        Process       = $process
        ExternalId    = [regex]::Match($output, 'external ID (\S+)').Groups[1].Value
        Role          = [regex]::Match($output, 'role (\S+) in every').Groups[1].Value
        Management    = [regex]::Match($output, 'Management account (\d+)').Groups[1].Value
        PlantedList   = $list
    } | Add-Member -PassThru -MemberType ScriptProperty -Name Planted -Value {
        # How many faults there are, once the sandbox has found out.
        while (-not (Test-Path $this.PlantedList) -and -not $this.Process.HasExited) { Start-Sleep -Milliseconds 50 }
        @(Get-Content $this.PlantedList).Count - 1
    }
}

function Stop-Sandbox([object] $Sandbox) {
    if ($Sandbox -and -not $Sandbox.Process.HasExited) {
        $Sandbox.Process.Kill()
        $Sandbox.Process.WaitForExit()
    }

    $global:PSDefaultParameterValues.Remove('Invoke-PostureHarvest:QuotaShare')
    Get-ChildItem -Path env:AWS_*, env:CLOUDPOSTURE_* | Remove-Item
}

# An HTTP server that keeps what it is posted in a folder, and answers as the file answer says.
function Start-Receiver([string] $Folder) {
    $probe = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()
    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $shell = [powershell]::Create().AddScript({
            param($Listener, $Folder)
            for ($i = 0; ; $i++) {
                $next = $Listener.GetContextAsync()
                while (-not $next.IsCompleted -and $Listener.IsListening) { [void] ([System.Threading.Tasks.Task] $next).Wait(20) }
                if (-not $Listener.IsListening) { return }
                $call = $next.Result
                $body = [System.IO.StreamReader]::new($call.Request.InputStream).ReadToEnd()
                [System.IO.File]::WriteAllText("$Folder/$i.json", $body)
                $call.Response.StatusCode = if (Test-Path "$Folder/answer") { [int] (Get-Content "$Folder/answer") } else { 200 }
                $call.Response.Close()
            }
        }).AddArgument($listener).AddArgument($Folder)
    [pscustomobject] @{ Listener = $listener; Shell = $shell; Work = $shell.BeginInvoke(); Address = "http://127.0.0.1:$port/services/T0P-SECRET" }
}
