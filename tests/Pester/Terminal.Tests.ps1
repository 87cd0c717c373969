#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What meets whoever types at a prompt in a narrow terminal.
Describe 'At a terminal' {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
        if (Test-Path variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $env:CLOUDPOSTURE_HOME = Join-Path $TestDrive 'home'
        $env:AWS_CONFIG_FILE = Join-Path $TestDrive 'config'
        $env:AWS_SHARED_CREDENTIALS_FILE = Join-Path $TestDrive 'credentials'
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
    }

    AfterAll {
        Get-ChildItem -Path env:AWS_*, env:CLOUDPOSTURE_* | Remove-Item
    }

    It 'completes no name to a command, and none that steers the terminal' {
        $quotes = [char] 0x2018, [char] 0x2019, [char] 0x201A, [char] 0x201B, [char] "'"
        @($quotes | ForEach-Object { "[profile a$_;Get-Owned;$_]", 'region = us-east-1' }) + "[profile a$([char] 27)]0;owned$([char] 7)]" + "[profile a$([char] 0x202E)b]" |
            Set-Content -Path $env:AWS_CONFIG_FILE -Encoding UTF8
        $offered = @(Complete 'New-PostureConnection -Name x -ProfileName a')
        $offered.Count | Should -Be 5
        foreach ($one in $offered) {
            $errors = $null
            $line = [System.Management.Automation.Language.Parser]::ParseInput("Test $($one.CompletionText)", [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            $commands = @($line.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true))
            $commands.Count | Should -Be 1 -Because "$($one.CompletionText) is one argument"
            $commands[0].CommandElements[1].Value | Should -Be $one.ListItemText
        }
    }

    It 'offers a profile once, though both files have it' {
        '[profile both]', 'region = us-east-1' | Set-Content -Path $env:AWS_CONFIG_FILE
        '[both]', 'region = us-east-1' | Set-Content -Path $env:AWS_SHARED_CREDENTIALS_FILE
        $offered = @(Complete 'New-PostureConnection -Name x -ProfileName b')
        $offered.CompletionText | Should -Be 'both'
        $offered.ToolTip | Should -BeLike '*config*credentials*'
    }

    It 'offers times and no files to <_> -Since' -ForEach 'Get-PostureFinding', 'Get-PostureTrend', 'Assert-Posture', 'Send-PostureAlert' {
        if (-not (Get-Command $_).Parameters.ContainsKey('Since')) { return }
        @(Complete "$_ -Since ")[0, 1].CompletionText | Should -Be '1d', '7d'
    }

    It 'says what a time is written like' {
        { Get-PostureFinding -Since 7x } | Should -Throw '*7d, 12h, 30m*'
        { Get-PostureFinding -Since 2026-12-31 -LakePath $TestDrive -WarningAction Ignore } | Should -Not -Throw
    }

    It 'takes <Region> for no Region, and asks nobody about it' -ForEach @(
        @{ Region = 'eu-wst-1'; Meant = 'eu-west-1' }
        @{ Region = 'us-eas-1'; Meant = 'us-east-1' }
        @{ Region = 'eu-centrall-1'; Meant = 'eu-central-1' }
    ) {
        { Invoke-PostureHarvest -Region $Region -ErrorAction Stop } | Should -Throw "*no Region '$Region'. Did you mean*$Meant*"
    }

    It 'says that nothing was read, where <_> shows nothing because of it' -ForEach 'Get-PostureFinding', 'Get-PostureResource', 'Get-PostureGap', 'Get-PostureExposure', 'Get-PostureTrend', 'Get-PostureEscalation', 'Get-PosturePath', 'Compare-PostureHarvest -Reference 7d' {
        $command = [scriptblock]::Create("$_ -LakePath '$(Join-Path $TestDrive 'none')' -WarningVariable said -WarningAction SilentlyContinue; `$said")
        $said = . $command
        @($said).Count | Should -Be 1
        "$said" | Should -Match 'Nothing was harvested yet.*none.*Invoke-PostureHarvest'
    }

    It 'shows the commands of a remediation as lines to copy' {
        $shown = Get-PostureRule S3.BucketPublicPolicy | Format-List | Out-String -Width 200
        $shown | Should -Match 'RemediationCli\s*: aws s3api get-bucket-policy --bucket \{resourceName\}\r?\n\s+aws s3api put-bucket-policy'
        $shown | Should -Not -Match ([char] 0xFFFD)
    }

    It 'makes a column of one''s own choice harmless, by the words of the help' {
        $words = [regex]::Match((Get-Content "$PSScriptRoot/../../module/help/about_CloudPosture.md" -Raw), 'Format-Table Region, (@\{.+\})').Groups[1].Value
        $column = . ([scriptblock]::Create($words))
        $shown = [pscustomobject]@{ ResourceName = "a$([char] 27)]0;owned$([char] 0x202E)" } | Format-Table $column | Out-String
        $shown | Should -Match "owned"
        $shown | Should -Not -Match '[\x1b\u202e]'
    }

    It 'shows a whole message in 80 columns' {
        $said = (Test-PosturePolicy '{}').Message
        $shown = Test-PosturePolicy '{}' | Out-String -Width 79
        $shown | Should -Not -Match ([char] 0x2026)
        ($shown -replace '\s') | Should -Match ([regex]::Escape($said.Substring($said.Length - 12) -replace '\s'))
    }
}
