#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What leads from the Internet to administrators and to data' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service iam, organizations, ec2, s3 | Out-Null
        $user = Get-PostureResource AWS::IAM::User | Select-Object -First 1
        $paths = @(Get-PosturePath)
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'gives paths, the worst first, each with its steps and the cheapest cut' {
        $paths.Count | Should -BeGreaterThan 0
        $paths | Select-Object -First 1 -ExpandProperty Severity | Should -Be ($paths.Severity | Sort-Object -Descending | Select-Object -First 1)
        foreach ($path in $paths) {
            @($path.Steps).Count | Should -Be $path.Length
            $path.Steps[$path.CutStep - 1].Cut | Should -Be $path.Cut
            $path.Steps[-1].To | Should -Be $path.Goal
        }
        ($paths | Out-String) | Should -Match 'Severity\s+From'
    }

    It 'leads from a path, and from what is exposed, to the resource and its findings' {
        $one = $paths | Where-Object { $_.ResourceArn -and (Get-PostureFinding -Resource $_.ResourceArn -ErrorAction Ignore) } | Select-Object -First 1
        ($one | Get-PostureResource).ResourceArn | Should -Be $one.ResourceArn
        $one | Get-PostureFinding | ForEach-Object ResourceArn | Select-Object -Unique | Should -Be $one.ResourceArn
        $open = Get-PostureExposure -Degree Reachable | Where-Object ResourceArn -EQ $one.ResourceArn | Select-Object -First 1
        if ($open) { $open | Get-PostureFinding | ForEach-Object ResourceArn | Select-Object -Unique | Should -Be $one.ResourceArn }
        $open = Get-PostureExposure -Degree Reachable | Select-Object -First 1
        ($open | Get-PostureResource).ResourceId | Should -Contain $open.ResourceId
    }

    It 'gives the steps in place of the paths' {
        $paths | ConvertTo-Csv | Out-String | Should -Not -Match 'System\.'
        ($paths | Select-Object -First 1 | ConvertTo-Csv | ConvertFrom-Csv).Steps | Should -Match ' > '
        @(Get-PosturePath -Detail).Count | Should -Be ($paths | Measure-Object Length -Sum).Sum
    }

    It 'narrows by severity, by account, and by what the path leads through' {
        Get-PosturePath -Severity Low | ForEach-Object Severity | Should -Not -Contain High
        $one = $paths[0]
        @(Get-PosturePath -Account $one.AccountId).Path | Should -Contain $one.Path
        ($one | Get-PosturePath).Path | Should -Contain $one.Path
        @(Get-PosturePath -To $one.GoalArn).GoalArn | Select-Object -Unique | Should -BeExactly $one.GoalArn
    }

    It 'begins with somebody' {
        @(Get-PosturePath -From $user.ResourceArn -To Admin, Data).From | Where-Object { $_ -ne "user $($user.ResourceName)" } | Should -BeNullOrEmpty
    }

    It 'joins the other cmdlets of the graph' {
        $paths | Export-PostureGraph -Format Mermaid | Should -Match 'Internet'
        { $paths | Select-Object -First 1 | Get-PostureRelation } | Should -Not -Throw
        { Get-PostureResource AWS::EC2::Instance | Get-PosturePath } | Should -Not -Throw
    }

    It 'takes goals by type, by tag and by rule' {
        foreach ($goal in 'AWS::S3::Bucket', 'tag:owner', 'tag:owner=nobody', 'S3.BucketPublicPolicy') {
            { Get-PosturePath -To $goal } | Should -Not -Throw
        }
        Get-PosturePath -To AWS::S3::Bucket | ForEach-Object GoalType | Select-Object -Unique | Should -BeIn @('AWS::S3::Bucket')
    }

    It 'says in one error what is wrong: <Command>' -ForEach @(
        @{ Command = { Get-PosturePath -To nobody }; Id = 'ResourceNotFound*' }
        @{ Command = { Get-PosturePath -To AWS::S3::Buckt }; Id = 'ResourceTypeNotFound*' }
        @{ Command = { Get-PosturePath -From vpc-none }; Id = 'InvalidArgument*' }
        @{ Command = { Get-PosturePath -From 10.0.0.0/99 }; Id = 'InvalidArgument*' }
        @{ Command = { Get-PosturePath -From arn:aws:iam::1:role/x }; Id = 'PrincipalNotFound*' }
        @{ Command = { Get-PosturePath -Account nobody }; Id = 'AccountNotFound*' }
        @{ Command = { Get-PosturePath -HarvestId nope }; Id = 'HarvestNotFound*' }
    ) {
        $problem = try { $ErrorActionPreference = 'Stop'; & $Command } catch { $_ }
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
    }
}
