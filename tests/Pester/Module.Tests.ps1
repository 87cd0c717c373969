#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    $cmdlets = (Get-Command -Module CloudPosture).Name
}

Describe 'The module' {
    BeforeAll {
        $manifest = "$PSScriptRoot/../../CloudPosture.psd1"
        Import-Module $manifest -Force
    }

    It 'keeps its exports on a second import' {
        $before = (Get-Command -Module CloudPosture).Count
        Import-Module $manifest -Force
        (Get-Command -Module CloudPosture).Count | Should -Be $before
    }

    It 'keeps its dependencies out of the default load context' -Skip:($PSEdition -ne 'Core') {
        Get-PostureRule | Out-Null
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name | Should -Not -Contain 'YamlDotNet'
    }

    It 'shows help and examples for <_>' -ForEach $cmdlets {
        $help = Get-Help $_
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
        $help.examples.example.Count | Should -BeGreaterOrEqual 2
    }

    It 'has examples that parse for <_>' -ForEach $cmdlets {
        foreach ($example in (Get-Help $_).examples.example) {
            $errors = $null
            [void] [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
        }
    }

    It 'finds its about topics' {
        Get-Help about_CloudPosture_Rules | Out-String | Should -Match 'three|condition'
    }

    It 'completes <_>' -ForEach 'Get-PostureRule S3.', 'Get-PostureBenchmark cis', 'Get-PostureFinding -Region eu-c', 'Get-PosturePolicy -Service s3', 'Get-PostureResource AWS::S3' {
        (TabExpansion2 $_ $_.Length).CompletionMatches.Count | Should -BeGreaterThan 0
    }
}

Describe 'A package of a project that is published' {
    BeforeAll {
        $root = Split-Path (Split-Path $PSScriptRoot)
        $builder = Get-ChildItem -Path "$root/src/CloudPosture.ModuleBuilder/bin/*/net10.0/CloudPosture.ModuleBuilder.dll" | Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1
        $address = "https://example.com/team/o'posture/tree/main"
        dotnet $builder.FullName pack $root "$TestDrive/out" "$address/" | Out-Null
        $LASTEXITCODE | Should -Be 0
        $packed = (Get-Item "$TestDrive/out/CloudPosture/*/CloudPosture.psd1").FullName

        function Invoke-Packed([string] $Command) {
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$packed'; $Command"
        }
    }

    It 'links each cmdlet first to its page, which is there' {
        $pages = @(Invoke-Packed 'Get-Command -Module CloudPosture | Sort-Object -Property Name | ForEach-Object { @((Get-Help $_.Name).relatedLinks.navigationLink)[0].uri }')
        $pages | Should -Be @((Test-ModuleManifest $packed).ExportedCmdlets.Keys | Sort-Object | ForEach-Object { "$address/module/help/$_.md" })
        foreach ($page in $pages) { "$root/$($page.Substring($address.Length + 1))" | Should -Exist }
    }

    It 'names the project in its manifest and to the feed' {
        (Test-ModuleManifest $packed).ProjectUri.OriginalString.TrimEnd('/') | Should -Be $address
        $package = [System.IO.Compression.ZipFile]::OpenRead((Get-Item "$TestDrive/out/*.nupkg").FullName)
        try {
            $reader = [System.IO.StreamReader]::new($package.GetEntry('CloudPosture.nuspec').Open())
            ([xml] $reader.ReadToEnd()).package.metadata.projectUrl.TrimEnd('/') | Should -Be $address
        }
        finally {
            $package.Dispose()
        }
    }

    It 'opens the page for Get-Help -Online' -Skip:(-not $IsLinux) {
        # What opens addresses on Linux; a pipe, so that nobody has to guess when it was called.
        $folder = (New-Item -Path "$TestDrive/bin" -ItemType Directory).FullName
        mkfifo "$folder/opened"
        Set-Content -Path "$folder/xdg-open" -Value '#!/bin/sh', "printf %s `"`$1`" > '$folder/opened'"
        chmod +x "$folder/xdg-open"
        $start = [System.Diagnostics.ProcessStartInfo]::new('cat', "`"$folder/opened`"")
        $start.RedirectStandardOutput = $true
        $reader = [System.Diagnostics.Process]::Start($start)
        $path = $env:PATH
        try {
            $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$path"
            Invoke-Packed 'Get-Help New-PostureRole -Online'
            $reader.WaitForExit(60000) | Should -BeTrue
        }
        finally {
            $env:PATH = $path
            if (-not $reader.HasExited) { $reader.Kill() }
        }

        $reader.StandardOutput.ReadToEnd() | Should -Be "$address/module/help/New-PostureRole.md"
    }

    It 'is refused with an address that is none' {
        $said = dotnet $builder.FullName pack $root "$TestDrive/none" 'ftp://example.com' 2>&1
        $LASTEXITCODE | Should -Be 2
        "$said" | Should -Match "'ftp://example.com' is no address of a project\. Give the one"
        "$TestDrive/none" | Should -Not -Exist
    }
}
