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

    It 'says that nothing was read, where <_> shows nothing because of it' -ForEach 'Get-PostureFinding', 'Get-PostureResource', 'Get-PostureGap', 'Get-PostureExposure', 'Get-PostureTrend', 'Get-PostureEscalation', 'Get-PosturePath', 'Compare-PostureHarvest -Reference 7d', 'Get-PostureHarvest', 'Remove-PostureHarvest -Keep 1', 'Export-PostureGraph -Format Mermaid' {
        $command = [scriptblock]::Create("$_ -LakePath '$(Join-Path $TestDrive 'none')' -WarningVariable said -WarningAction SilentlyContinue")
        . $command | Out-Null
        @($said).Count | Should -Be 1
        "$said" | Should -Match 'Nothing was harvested yet.*none.*Invoke-PostureHarvest'
    }

    It 'makes no baseline of nothing' {
        $file = Join-Path $TestDrive 'baseline.json'
        { Export-PostureBaseline $file -LakePath (Join-Path $TestDrive 'none') } | Should -Throw '*no harvest in*none*Invoke-PostureHarvest*'
        $file | Should -Not -Exist
    }

    It 'says what is wrong once, and how to put it right once: <_>' -ForEach @(
        'Get-PostureRule Nope', 'Get-PostureHarvest nope', 'Get-PostureRelation', 'Get-PostureConnection nope', 'Remove-PostureConnection nope', 'Get-PostureFinding -Region eu-wst-1'
        'New-PostureRole -HubAccountId 12', 'New-PostureRole -HubAccountId 111122223333 -ProfileName nope', 'New-PostureConnection c -CredentialSource Default; New-PostureConnection c -CredentialSource Default'
        'Get-DelegationRequest nope', 'Receive-DelegationNotification "{}"', 'Complete-PostureHarvest 20260101T000000Z-000000', 'Export-PostureReport Csv nope.csv', 'Export-PostureReport Csv nope/nope.csv', 'Assert-Posture'
        'Assert-Posture -BaselinePath nope.json', 'Import-PostureException nope.yaml', 'Get-PostureException nope', 'New-PostureException -Reason x', 'Set-PostureConnection nope -Region eu-west-1'
    ) {
        try { $problem = . ([scriptblock]::Create("$_ -ErrorVariable said -ErrorAction SilentlyContinue -WarningAction SilentlyContinue")) 2>$null; $problem = @($said)[0] } catch { $problem = $_ }
        $problem | Should -Not -BeNullOrEmpty
        "$problem" | Should -Not -MatchExactly '\b(System|Exception|enumerator|identifier|Nullable)\b'
        $advice = $problem.ErrorDetails.RecommendedAction
        $advice | Should -Not -Match 'the message (names|says)'
        if ($advice) { foreach ($sentence in $advice -split '(?<=[.;])\s+') { "$problem" | Should -Not -Match ([regex]::Escape($sentence.TrimEnd('.'))) } }
    }

    It 'says which words there are, where there is no such word' {
        { Get-PostureFinding -Severity Urgent } | Should -Throw "*no severity 'Urgent'*Low, Medium, High, Critical*"
        { Get-PostureFinding -Severity High, Hihg } | Should -Throw "*no severity 'Hihg'*Did you mean*High*"
        { Export-PostureTemplate Terrafrom } | Should -Throw "*no template format 'Terrafrom'*Did you mean*Terraform*"
        { Get-PostureFinding -Severity Crit, low -LakePath $TestDrive -WarningAction Ignore } | Should -Not -Throw
    }

    It 'passes no folder without frameworks' {
        $folder = New-Item -Path (Join-Path $TestDrive 'empty') -ItemType Directory
        { Test-PostureFramework $folder -Quiet } | Should -Throw '*no framework in*empty*.yaml*'
    }

    It 'says in plain words that a text is no policy' {
        Test-PosturePolicy 'policy.json' -ErrorVariable said -ErrorAction SilentlyContinue
        "$said" | Should -Be 'The text is not a policy document: it holds no JSON. A file is given by -Path.'
        Test-PosturePolicy "{`n  `"Statement`": nope }" -ErrorVariable said -ErrorAction SilentlyContinue
        "$said" | Should -Be 'The text is not a policy document: it is no JSON from line 2, character 17, on.'
    }

    It 'names the folder that is not there: <_>' -ForEach 'Export-PostureTemplate Bash -HubAccountId 111122223333 -Path', 'Export-PostureTemplate Console -HubAccountId 111122223333 -Path' {
        { . ([scriptblock]::Create("$_ '$(Join-Path $TestDrive 'nofolder/file')'")) } | Should -Throw "There is no folder '*nofolder'."
    }

    It 'completes a name with a wildcard in it to that name' {
        $names = 'a[1]', 'a*b', 'a?'
        $file = Join-Path $TestDrive 'exceptions.yaml'
        foreach ($name in $names) { New-PostureException -Rule S3.BucketVersioning -Reason x -Id $name -ExceptionPath $file | Out-Null }
        foreach ($typed in 'a', 'a[', 'a`[', "'a[") {
            $offered = @(Complete "Get-PostureException -ExceptionPath '$file' -ExceptionId $typed")
            $offered.ListItemText | Should -Contain 'a[1]'
            foreach ($one in $offered) {
                $found = . ([scriptblock]::Create("Get-PostureException -ExceptionPath '$file' -ExceptionId $($one.CompletionText)"))
                $found.ExceptionId | Should -Be $one.ListItemText
            }
        }
    }

    It 'completes all requirements of a benchmark to a pattern' {
        @(Complete 'Get-PostureFinding -Requirement cis-aws-foundations-7.0.0/').CompletionText | Should -Contain "'cis-aws-foundations-7.0.0/*'"
    }

    It 'offers where a secret may be, and never the secret' {
        $env:POSTURE_SLACK = 'https://hooks.example.com/secret'
        $offered = Complete 'Send-PostureAlert -Slack env:POSTURE_SL'
        Remove-Item env:POSTURE_SLACK
        $offered.CompletionText | Should -Be 'env:POSTURE_SLACK'
        $offered.ToolTip | Should -Not -Match 'hooks'
    }

    It 'offers Internet to Get-PostureExposure -From' {
        @(Complete 'Get-PostureExposure -From I').CompletionText | Should -Be 'Internet'
    }

    It 'shows the size of a file that it wrote' {
        $file = Export-PostureTemplate Bash -HubAccountId 111122223333 -Path (Join-Path $TestDrive 'role.sh')
        $file.PSObject.Properties['PSPath'] | Should -Not -BeNullOrEmpty
        $file.RoleName | Should -Be 'CloudPosture-ReadOnly'
        ($file | Format-Table | Out-String) | Should -Match "\b$($file.Length)\b"
    }

    It 'doubts an exception to a rule that is not there' {
        $file = Join-Path $TestDrive 'doubt.yaml'
        New-PostureException -Rule S3.BucketVersionin -Reason x -ExceptionPath $file -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        "$said" | Should -Match "no rule 'S3.BucketVersionin'.*Did you mean.*S3.BucketVersioning"
        New-PostureException -Rule S3.* -Reason x -ExceptionPath $file -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        $said | Should -BeNullOrEmpty
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
