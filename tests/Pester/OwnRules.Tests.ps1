#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Rules of one''s own' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $rules = New-Item -ItemType Directory -Path "$TestDrive/rules"
        @'
- id: Contoso.BucketOwner
  title: Buckets name their owner in a tag
  severity: Low
  service: s3
  resource: AWS::S3::Bucket
  rationale: Nobody answers for a bucket without an owner.
  remediation: {powershell: Write-S3BucketTagging, cli: aws s3api put-bucket-tagging}
  condition: {field: "@tags.ContosoOwner", exists: true}
'@ | Set-Content -LiteralPath "$rules/own.yaml"
        Invoke-PostureHarvest -Connection org -Service s3 -RulePath $rules | Out-Null
        $first = @(Get-PostureFinding -Rule Contoso.*)
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'stay with the lake: the next harvest need not name them' {
        $first.Count | Should -BeGreaterThan 0
        $first.Status | Select-Object -Unique | Should -Be 'Fail'
        Invoke-PostureHarvest -Connection org -Service s3 | Out-Null
        $second = @(Get-PostureFinding -Rule Contoso.*)
        ($second.FindingId | Sort-Object) -join ' ' | Should -Be (($first.FindingId | Sort-Object) -join ' ')
        $second.Change | Select-Object -Unique | Should -Be 'Unchanged'
    }

    It 'are found from their findings' {
        ($first | Get-PostureRule).RuleId | Select-Object -Unique | Should -Be 'Contoso.BucketOwner'
        ($first[0] | Get-PostureRule).Title | Should -Be 'Buckets name their owner in a tag'
    }

    It 'are missed by the name of their folder where it is gone, and found again with it' {
        Move-Item -LiteralPath $rules -Destination "$TestDrive/away"
        try { Invoke-PostureHarvest -Connection org -Service s3 -WarningVariable told -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null }
        finally { Move-Item -LiteralPath "$TestDrive/away" -Destination $rules }
        "$told $failed" | Should -BeLike "*$rules*"
        Invoke-PostureHarvest -Connection org -Service s3 | Out-Null
        @(Get-PostureFinding -Rule Contoso.*).Count | Should -Be $first.Count
    }

    It 'go on without one that has a mistake, which is told by file and line, keeps what it found and shuts the gate' {
        Add-Content -LiteralPath "$rules/own.yaml" -Value '  colour: red'
        Copy-Item -LiteralPath "$rules/own.yaml" -Destination "$rules/beside.yaml"
        (Get-Content -LiteralPath "$rules/beside.yaml" | Where-Object { $_ -notmatch 'colour' }) -replace 'BucketOwner', 'Beside' | Set-Content -LiteralPath "$rules/beside.yaml"
        try {
            $done = Invoke-PostureHarvest -Connection org -Service s3 -ErrorVariable told -ErrorAction SilentlyContinue
            $done.Status | Select-Object -Unique | Should -Be 'Complete'
            $told.Count | Should -Be 1
            "$told" | Should -BeLike '*own.yaml, line *colour*'
            $told[0].FullyQualifiedErrorId | Should -BeLike 'RuleFileInvalid*'
            @(Get-PostureFinding -Rule Contoso.Beside -ErrorAction SilentlyContinue).Count | Should -Be $first.Count
            (Get-PostureFinding -Rule Contoso.BucketOwner -ErrorAction SilentlyContinue).Status | Select-Object -Unique | Should -Be 'NotAssessed'
            { Assert-Posture -MaxFail 100000 } | Should -Throw '*own.yaml, line *colour*'
        }
        finally {
            Remove-Item -LiteralPath "$rules/beside.yaml"
            (Get-Content -LiteralPath "$rules/own.yaml" | Where-Object { $_ -notmatch 'colour' }) | Set-Content -LiteralPath "$rules/own.yaml"
        }

        Invoke-PostureHarvest -Connection org -Service s3 | Out-Null
        $again = @(Get-PostureFinding -Rule Contoso.BucketOwner)
        ($again.FindingId | Sort-Object) -join ' ' | Should -Be (($first.FindingId | Sort-Object) -join ' ')
        $again.Change | Select-Object -Unique | Should -Be 'Unchanged'
    }
}
