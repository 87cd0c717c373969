#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $chromium = '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome' | Where-Object { Test-Path $_ } | Select-Object -First 1
    if (-not $chromium) { Write-Host 'skipped: no Chromium, so that nobody looks at the changes as a browser shows them' }
}

Describe 'What harvests tell one after the other' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $chromium = '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome' | Where-Object { Test-Path $_ } | Select-Object -First 1
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        $env:CLOUDPOSTURE_EXCEPTIONS = "$TestDrive/exceptions.yaml"
        Set-Content -Path $env:CLOUDPOSTURE_EXCEPTIONS -Value '# What the team accepts.'
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $first = (Invoke-PostureHarvest -Connection org -Service s3, iam).HarvestId
        $keys = $sandbox.Administrator
        New-PostureRole -HubAccountId $sandbox.Management @keys -RoleName Newcomer -WarningAction SilentlyContinue | Out-Null
        $second = (Invoke-PostureHarvest -Connection org -Service iam).HarvestId
        $failed = @(Get-PostureFinding -Status Fail).Count
    }

    AfterAll {
        $env:CLOUDPOSTURE_EXCEPTIONS = $null
        Stop-Sandbox $sandbox
    }

    It 'tells what the newest found to be otherwise, and what came and went' {
        $changes = Compare-PostureHarvest -Resource -WarningVariable warned
        $changes | Where-Object Change -EQ Added | ForEach-Object ResourceName | Should -Contain 'Newcomer'
        $changes | Where-Object Change -EQ Removed | Should -BeNullOrEmpty
        $changes | Where-Object Change -EQ Added | Get-PostureResource -ResourceType AWS::IAM::Role | ForEach-Object ResourceName | Select-Object -Unique | Should -Be 'Newcomer'
        $warned | Should -BeNullOrEmpty
        $findings = Compare-PostureHarvest
        $findings.Change | Select-Object -Unique | Should -Be 'New'
        $findings.Count | Should -Be @(Get-PostureFinding -Change New -HarvestId $second).Count
        ($findings | Get-PostureFinding).FindingId | Should -Contain $findings[0].FindingId
        Compare-PostureHarvest | Format-Table | Out-String -Width 120 | Should -Match 'Newcomer'
    }

    It 'shows in a browser what the second harvest changed' -Skip:(-not $chromium) {
        $page = Export-PostureReport Html "$TestDrive/report.html"
        $shown = & $chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "--user-data-dir=$TestDrive/chromium" --virtual-time-budget=20000 --dump-dom "file://$($page.FullName)#/changes?q=Newcomer" 2>$null | Out-String
        $new = @(Compare-PostureHarvest | Where-Object Change -EQ New)
        $shown | Should -Match "<span class=`"tile-label`">New</span><span class=`"tile-value`">$($new.Count)</span>"
        [regex]::Matches($shown, '<tr aria-rowindex').Count | Should -Be @($new | Where-Object ResourceName -EQ 'Newcomer').Count
        $shown | Should -Match 'Newcomer'
    }

    It 'compares two harvests from the pipeline in the order of their time' {
        (Get-PostureHarvest -Newest 2 | Compare-PostureHarvest -WarningVariable warned -WarningAction SilentlyContinue).Change | Select-Object -Unique | Should -Be 'New'
        "$warned" | Should -Match 's3'
        (Compare-PostureHarvest $second $first -WarningAction SilentlyContinue).Change | Select-Object -Unique | Should -Be 'Gone'
        Compare-PostureHarvest -Reference 0d | Should -BeNullOrEmpty
        { Compare-PostureHarvest -Reference nope -ErrorAction Stop } | Should -Throw -ErrorId 'HarvestNotFound*'
        { $first, $second, $first.Replace('Z', 'Y') | Compare-PostureHarvest -ErrorAction Stop } | Should -Throw -ErrorId 'HarvestNotFound*'
    }

    It 'counts the findings of today by severity, service and benchmark' {
        (Get-PostureTrend).Failed | Should -Be $failed
        (Get-PostureTrend -By Severity | Measure-Object -Property Failed -Sum).Sum | Should -Be $failed
        (Get-PostureTrend Service).Group | Should -Be 'iam', 's3'
        Get-PostureTrend -Benchmark cis-aws-foundations-7.0.0 | ForEach-Object Failed | Should -BeLessThan $failed
        Get-PostureTrend -Since ([datetime]::UtcNow.AddDays(1)) | Should -BeNullOrEmpty
        Get-PostureTrend -By Severity | Format-Table | Out-String | Should -Match 'Critical'
    }

    It 'imports what a mutelist is silent about, once, and tells what it cannot say' {
        $rule = Get-PostureRule IAM.* | Where-Object Prowler | Where-Object { Get-PostureFinding -Rule $_.RuleId -Status Fail } | Select-Object -First 1
        Set-Content -Path "$TestDrive/mutelist.yaml" -Value @"
Mutelist:
  Accounts:
    "*":
      Checks:
        $(($rule.Prowler -split '; ')[0]):
          Regions: ["*"]
          Resources: ["*"]
        no_such_check:
          Regions: ["*"]
          Resources: ["*"]
"@
        $made = Import-PostureException "$TestDrive/mutelist.yaml" -By Jo -ErrorVariable problem -ErrorAction SilentlyContinue
        $made.Rule | Should -Contain $rule.RuleId
        $made.By | Select-Object -Unique | Should -Be 'Jo'
        $problem.FullyQualifiedErrorId | Should -BeLike 'ExceptionNotImported*'
        "$problem" | Should -Match 'no_such_check'
        Import-PostureException "$TestDrive/mutelist.yaml" -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-PostureFinding -Rule $rule.RuleId -Status Fail | Should -BeNullOrEmpty
        { Import-PostureException "$TestDrive/exceptions.yaml" } | Should -Throw '*-ExceptionPath*'
    }

    It 'removes what is old, and never the last good reading of an account' {
        Remove-PostureHarvest -Keep 1 -Confirm:$false
        Remove-PostureHarvest -OlderThan ([datetime]::UtcNow.AddDays(1)) -Confirm:$false
        @(Get-PostureHarvest).Count | Should -Be 2
        { Remove-PostureHarvest $first -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'HarvestNeeded*'
        Invoke-PostureHarvest -Connection org -Service s3, iam | Out-Null
        $before = Get-PostureFinding | Sort-Object -Property FindingId
        Remove-PostureHarvest -Keep 1 -WhatIf
        @(Get-PostureHarvest).Count | Should -Be 3
        @(Remove-PostureHarvest -Keep 1 -Confirm:$false -PassThru).HarvestId | Should -Be $second, $first
        @(Get-PostureHarvest).Count | Should -Be 1
        Get-PostureFinding | Sort-Object -Property FindingId | ConvertTo-Json -Depth 3 | Should -Be ($before | ConvertTo-Json -Depth 3)
        { Remove-PostureHarvest nope -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'HarvestNotFound*'
    }
}
