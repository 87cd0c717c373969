#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Benchmarks' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Connection org -Service iam, account, organizations, cloudtrail | Out-Null
        $cis = 'cis-aws-foundations-7.0.0'
        $own = (New-Item -ItemType Directory -Path "$TestDrive/own").FullName
        @'
id: contoso
short: Contoso
title: Contoso cloud standard
version: "1"
basedOn:
  - {id: cis-aws-foundations-7.0.0, level: 1, without: ["2.4"]}
requirements:
  - {id: C.1, title: Root has a second factor, rules: [IAM.RootMfa]}
  - {id: C.2, title: The on-call list is current, manual: Call the first number on the list.}
'@ | Set-Content -Path "$own/contoso.yaml"
    }

    AfterAll {
        $env:CLOUDPOSTURE_FRAMEWORKS = $null
        Stop-Sandbox $sandbox
    }

    It 'are told account by account, and what is piped on is that account alone' {
        $accounts = Get-PostureBenchmark $cis -By Account
        $accounts.AccountId | Sort-Object | Should -Be (Get-PostureFinding | ForEach-Object AccountId | Sort-Object -Unique)
        foreach ($account in $accounts) {
            $alone = Get-PostureBenchmark $cis -Account $account.AccountId
            $account.Passed, $account.Failed, $account.Score | Should -Be $alone.Passed, $alone.Failed, $alone.Score
            $account | Get-PostureFinding | ForEach-Object AccountId | Sort-Object -Unique | Should -Be $account.AccountId
        }
    }

    It 'score what was not assessed as not met' {
        $one = Get-PostureBenchmark $cis
        $one.Score | Should -Be ([Math]::Floor($one.Passed * 1000 / ($one.Passed + $one.Failed + $one.NotAssessed)) / 10)
        $one.ScoreOfAssessed | Should -BeGreaterOrEqual $one.Score
        (Get-PostureBenchmark $cis -Requirement 2.1.4).Score | Should -BeNullOrEmpty
    }

    It 'are told unit by unit, with those below, organization by organization and Region by Region' {
        $units = Get-PostureBenchmark $cis -By Unit
        $units[0].Group | Should -Be 'Root'
        ($units[0] | Get-PostureFinding).Count | Should -Be (Get-PostureFinding -Benchmark $cis).Count
        ($units[1] | Get-PostureFinding | ForEach-Object AccountId | Sort-Object -Unique).Count | Should -Be 1
        (Get-PostureBenchmark $cis -By Organization).Group | Should -Match '^o-'
        $regions = Get-PostureBenchmark $cis -By Region
        $regions.Group | Should -Contain 'global'
        $regions | Where-Object Group -EQ 'global' | Get-PostureFinding | ForEach-Object Region | Sort-Object -Unique | Should -Be 'global'
    }

    It 'give a matrix whose columns are the accounts' {
        $rows = Get-PostureBenchmark $cis -Matrix
        $names = Get-PostureBenchmark $cis -By Account | ForEach-Object Group
        @($rows[0].PSObject.Properties.Name)[6..(5 + $names.Count)] | Should -Be $names
        $detail = Get-PostureBenchmark $cis -Detail -By Account | Where-Object RequirementId -EQ '2.5'
        $row = $rows | Where-Object RequirementId -EQ '2.5'
        $names | ForEach-Object { $row.$_ } | Should -Be $detail.Status
        ($rows | ConvertTo-Csv | Select-Object -First 2)[0] | Should -Match '^"?BenchmarkId"?,'
        $rows | Out-String | Should -Match "Requirement +$($names[0])"
    }

    It 'select by level, section and status' {
        Get-PostureBenchmark $cis -Detail -Level 1 | ForEach-Object Level | Sort-Object -Unique | Should -Be 1
        Get-PostureBenchmark iso-27001-2022 -Detail -Section 'Organ*' | ForEach-Object Section | Sort-Object -Unique | Should -Be 'Organizational controls'
        { Get-PostureBenchmark soc-2 -Level 1 } | Should -Throw '*has no levels*'
    }

    It 'lead from one requirement to its findings alone' {
        $found = Get-PostureBenchmark $cis -Detail -Requirement 2.5 | Get-PostureFinding
        $found.RuleId | Sort-Object -Unique | Should -Be (Get-PostureBenchmark $cis -Detail -Requirement 2.5).Rules
        $found.Requirements | Sort-Object -Unique | Should -Be 'CIS 7.0 2.5'
        Get-PostureBenchmark $cis -Detail -Requirement 2.5 -By Account | Export-Csv -Path "$TestDrive/detail.csv" -NoTypeInformation
        (Import-Csv -Path "$TestDrive/detail.csv" | Get-PostureFinding).FindingId | Should -Be $found.FindingId
    }

    It 'name themselves in findings and in what is made of them' {
        $all = Get-PostureFinding -Rule IAM.RootMfa | Select-Object -First 1
        $all.Requirements | Should -Match 'CIS 7\.0 2\.5;.*PCI DSS 4\.0\.1 '
        (Get-PostureFinding -Benchmark $cis -Rule IAM.RootMfa | Select-Object -First 1 | ConvertTo-Csv | ConvertFrom-Csv).Requirements | Should -Be 'CIS 7.0 2.5'
        Get-PostureFinding -Benchmark $cis | Export-PostureReport Csv "$TestDrive/cis.csv" | Out-Null
        Import-Csv -Path "$TestDrive/cis.csv" | Where-Object RuleId -EQ IAM.RootMfa | ForEach-Object Requirements | Sort-Object -Unique | Should -Be 'CIS 7.0 2.5'
    }

    It 'say what was meant where a requirement is not there' {
        Get-PostureFinding -Benchmark $cis -Requirement 2.55 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RequirementNotFound*'
        "$problem" | Should -Match 'Did you mean 2\.5'
        Get-PostureFinding -Requirement 2.5 -ErrorVariable problem -ErrorAction SilentlyContinue
        "$problem" | Should -Match '-Benchmark'
        $line = "Get-PostureFinding -Benchmark $cis -Requirement 2.1."
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be '2.1.1', '2.1.2', '2.1.3', '2.1.4', '2.1.5', '2.1.6'
        { New-PostureException -Requirement "$cis/2.55" -Reason x -ExceptionPath "$TestDrive/x.yaml" -ErrorAction Stop } | Should -Throw '*Did you mean*'
    }

    It 'have numbers with brackets, which Tab quotes, and names that a window shows whole' {
        $line = 'Get-PostureBenchmark nist-800-53-r5 -Requirement SC-28'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'SC-28', "'SC-28(1)'", "'SC-28(2)'", "'SC-28(3)'"
        (Get-PostureBenchmark nist-800-53-r5 -Detail -Requirement 'SC-28(1)').Level | Should -Be 2
        Get-PostureBenchmark aws-foundational-security-best-practices | Out-String -Width 120 | Should -Match '(?m)^aws-foundational-security-best-practices +[\d.]+ '
        Get-PostureBenchmark hipaa -Detail | Out-String -Width 80 | Should -Match '(?m)^164\.308\(a\)\(7\)\(ii\)\(A\) '
    }

    It 'of one''s own are taken everywhere' {
        Test-PostureFramework -Path $own -Quiet | Should -BeTrue
        $theirs = (Get-PostureBenchmark $cis -Detail -Level 1).RequirementId | Where-Object { $_ -ne '2.4' }
        (Get-PostureBenchmark contoso -Detail -FrameworkPath $own).RequirementId | Should -Be ($theirs + 'C.1', 'C.2')
        $env:CLOUDPOSTURE_FRAMEWORKS = $own
        (TabExpansion2 'Get-PostureBenchmark conto' 26).CompletionMatches.CompletionText | Should -Be 'contoso'
        (Get-PostureFinding -Benchmark contoso -Requirement C.1).Requirements | Sort-Object -Unique | Should -Be 'Contoso C.1'
        { Assert-Posture -Benchmark contoso -Requirement C.1 -AllowNotAssessed | Out-Null } | Should -Throw -ErrorId 'PostureFindings*'
        New-PostureException -Requirement 'contoso/C.1' -Reason known -ExceptionPath "$TestDrive/own.yaml" | Out-Null
        Assert-Posture -Benchmark contoso -Requirement C.1 -AllowNotAssessed -ExceptionPath "$TestDrive/own.yaml" | Should -BeNullOrEmpty
        Export-PostureReport Csv "$TestDrive/own.csv" | Out-Null
        Import-Csv -Path "$TestDrive/own.csv" | Where-Object RuleId -EQ IAM.RootMfa | ForEach-Object Requirements | Should -Match 'Contoso 2\.5, C\.1'
    }

    It 'of one''s own with mistakes say where and what was meant' {
        $wrong = (New-Item -ItemType Directory -Path "$TestDrive/wrong").FullName
        (Get-Content -Path "$own/contoso.yaml" -Raw).Replace('IAM.RootMfa', 'IAM.RootMafa').Replace('manual:', 'manul:') | Set-Content -Path "$wrong/contoso.yaml"
        $issues = Test-PostureFramework -Path $wrong
        $issues.Line | Should -Be 8, 9
        $issues[0].Message | Should -Match "Did you mean 'IAM\.RootMfa'"
        { Get-PostureBenchmark -FrameworkPath $wrong } | Should -Throw '*line 8*IAM.RootMfa*'
        $ring = (New-Item -ItemType Directory -Path "$TestDrive/ring").FullName
        "id: one`ntitle: t`nversion: '1'`nbasedOn:`n  - {id: two}`n  - {id: $cis, without: ['2.55', '9.9']}`nrequirements: []" | Set-Content -Path "$ring/one.yaml"
        "id: two`ntitle: t`nversion: '1'`nbasedOn: [{id: one}]`nrequirements: []" | Set-Content -Path "$ring/two.yaml"
        '# nothing yet' | Set-Content -Path "$ring/zero.yaml"
        $issues = Test-PostureFramework -Path $ring
        $issues.Line | Should -Be 5, 6, 6, 4, 1
        $issues[0].Message | Should -Match 'one on two on one'
        $issues[4].Message | Should -Match 'no framework'
        $env:CLOUDPOSTURE_FRAMEWORKS = "$TestDrive/none"
        { Get-PostureBenchmark } | Should -Throw '*CLOUDPOSTURE_FRAMEWORKS*'
        $env:CLOUDPOSTURE_FRAMEWORKS = $null
    }
}
