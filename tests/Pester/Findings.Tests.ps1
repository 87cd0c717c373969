#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What becomes of findings' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $exceptions = Join-Path $TestDrive 'exceptions.yaml'
        $env:CLOUDPOSTURE_EXCEPTIONS = $null
        { Assert-Posture -AllowNotAssessed } | Should -Throw -ErrorId 'PostureNothingRead*'
        $first = Invoke-PostureHarvest -Connection org -Service s3, iam
        $failed = @(Get-PostureFinding -Status Fail)
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'calls every failure of a first assessment new, and none after the second' {
        @(Get-PostureFinding -Change New).Count | Should -Be $failed.Count
        $failed.Count | Should -BeGreaterThan 1
        Invoke-PostureHarvest -Connection org -Service s3, iam | Out-Null
        Get-PostureFinding -Change New, Regressed, Resolved, Gone | Should -BeNullOrEmpty
        @(Get-PostureFinding -Change New, Regressed -Since 1d).Count | Should -Be $failed.Count
        $one = Get-PostureFinding -Status Fail | Select-Object -First 1
        $one.StatusSince, $one.FirstFailed | Should -Be $one.FirstSeen, $one.FirstSeen
    }

    It 'accepts what the pipeline brings at once, counts it apart, and takes it back' {
        $one = $failed[0]
        $made = $one | New-PostureException -Reason 'Known; see: the "ticket"' -Until ([datetime]::UtcNow) -By Jo -ExceptionPath $exceptions
        $made.State, $made.Findings | Should -Be 'ExpiresSoon', 1
        @(Get-PostureFinding -Status Fail -ExceptionPath $exceptions).Count | Should -Be ($failed.Count - 1)
        $excepted = Get-PostureFinding -Status Excepted -ExceptionPath $exceptions
        $excepted.FindingId, $excepted.ExceptionReason | Should -Be $one.FindingId, 'Known; see: the "ticket"'
        $one | New-PostureException -Reason again -ExceptionPath $exceptions -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument*'
        { $failed[1] | New-PostureException -Reason late -Until 2020-01-31 -ExceptionPath $exceptions } | Should -Throw '*2020-01-31, is past*' -ErrorId 'InvalidArgument*'
        @(Get-PostureException -ExceptionPath $exceptions).Count | Should -Be 1

        Set-PostureException -Id $made.ExceptionId -Until ([datetime]::UtcNow.AddDays(-1)) -ExceptionPath $exceptions
        (Get-PostureException -ExceptionPath $exceptions).State | Should -Be 'Expired'
        @(Get-PostureFinding -Status Fail -ExceptionPath $exceptions).Count | Should -Be $failed.Count
        Set-PostureException -Id $made.ExceptionId -Until $null -ExceptionPath $exceptions
        (Get-PostureException -ExceptionPath $exceptions -State Active).Until | Should -BeNullOrEmpty

        Remove-PostureException -Id $made.ExceptionId -ExceptionPath $exceptions
        Get-PostureException -ExceptionPath $exceptions | Should -BeNullOrEmpty
    }

    It 'accepts nothing but what is piped in, however it is named' {
        $row = [pscustomobject]@{ RuleId = $failed[0].RuleId; AccountId = '111122223333'; Region = 'global'; ResourceArn = 'arn:aws:iam::111122223333:role/*/dev' }
        ($row | New-PostureException -Reason known -ExceptionPath "$TestDrive/named.yaml").Resource | Should -Be 'arn:aws:iam::111122223333:role/?/dev'
        ($row | New-PostureException -Resource 'arn:aws:iam::*:role/*' -Reason known -ExceptionPath "$TestDrive/named.yaml").Resource | Should -Be 'arn:aws:iam::*:role/*'
        $listed = [pscustomobject]@{ RuleId = $failed[0].RuleId; Resource = '*-dev' }
        ($listed | New-PostureException -Reason known -ExceptionPath "$TestDrive/named.yaml").Resource | Should -Be '*-dev'
    }

    It 'never counts an accepted failure as passed' {
        New-PostureException -Rule '*' -Reason all -ExceptionPath "$TestDrive/all.yaml" | Out-Null
        Get-PostureFinding -Status Fail -ExceptionPath "$TestDrive/all.yaml" | Should -BeNullOrEmpty
        $plain = Get-PostureBenchmark cis-aws-foundations-7.0.0
        $accepted = Get-PostureBenchmark cis-aws-foundations-7.0.0 -ExceptionPath "$TestDrive/all.yaml"
        $accepted.Passed, $accepted.Failed | Should -Be $plain.Passed, 0
        $accepted.Excepted | Should -BeGreaterThan 0
    }

    It 'says so where a named file of exceptions is not there' {
        { Get-PostureFinding -ExceptionPath "$TestDrive/none.yaml" } | Should -Throw '*New-PostureException*' -ErrorId 'PathNotFound*'
    }

    It 'shuts the gate with all findings and one error, and opens it by baseline, number and exception' {
        $given = [System.Collections.Generic.List[object]]::new()
        { Assert-Posture | ForEach-Object { $given.Add($_) } } | Should -Throw -ErrorId 'PostureFindings*'
        $given.Count | Should -Be $failed.Count
        Assert-Posture -AllowNotAssessed -MaxFail $failed.Count | Should -BeNullOrEmpty
        Assert-Posture -AllowNotAssessed -New | Should -BeNullOrEmpty
        Export-PostureBaseline -Path "$TestDrive/baseline.json" | Out-Null
        Assert-Posture -AllowNotAssessed -BaselinePath "$TestDrive/baseline.json" | Should -BeNullOrEmpty
        Assert-Posture -AllowNotAssessed -ExceptionPath "$TestDrive/all.yaml" | Should -BeNullOrEmpty
    }

    It 'shuts the gate where the reading is too old' {
        { Assert-Posture -MaxFail 100000 -MaxAge 00:00:00 } | Should -Throw -ErrorId 'PostureNotAssessed*'
        { Assert-Posture -MaxFail 100000 -MaxAge 00:00:00 -AllowNotAssessed -AllowUnreadAccount } | Should -Throw -ErrorId 'PostureNotAssessed*'
    }

    It 'tells a pipeline of each finding' {
        $env:TF_BUILD = 'True'
        try {
            Assert-Posture -InformationVariable told -InformationAction SilentlyContinue | Out-Null
        }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'PostureFindings*'
        }
        finally { $env:TF_BUILD = $null }

        "$($told[0])" | Should -Match '^##vso\[task\.logissue type=error\]'
        @($told -match 'task\.logissue').Count | Should -BeLessOrEqual 50
        "$($told[-1])" | Should -Match '^##vso\[task\.uploadsummary\]'
    }
}
