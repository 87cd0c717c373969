#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What was not read' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service sqs | Out-Null
        $nowhere = @{ LakePath = Join-Path $TestDrive 'nowhere' }
        function Get-Told([scriptblock] $Command) {
            $told = [System.Collections.Generic.List[object]]::new()
            try { & $Command *>&1 | ForEach-Object { $told.Add($_) } } catch { $told.Add($_) }
            @($told | Where-Object { $_ -is [System.Management.Automation.WarningRecord] -or $_ -is [System.Management.Automation.ErrorRecord] })
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'is told once, and how to read it, where nothing was: <Command>' -ForEach @(
        @{ Command = { Get-PostureFinding @nowhere } }
        @{ Command = { Get-PostureResource @nowhere } }
        @{ Command = { Get-PostureGap @nowhere } }
        @{ Command = { Get-PostureExposure @nowhere } }
        @{ Command = { Get-PosturePath @nowhere } }
        @{ Command = { Get-PostureEscalation @nowhere } }
        @{ Command = { Get-PostureAccess -Unused @nowhere } }
        @{ Command = { Get-PostureAccess s3:GetObject arn:aws:s3:::data @nowhere } }
        @{ Command = { Get-PostureBenchmark cis-aws-foundations-7.0.0 @nowhere } }
        @{ Command = { Get-PostureBenchmark cis-aws-foundations-7.0.0 -Matrix @nowhere } }
        @{ Command = { Get-PostureTrend @nowhere } }
        @{ Command = { Get-PostureHarvest @nowhere } }
        @{ Command = { Compare-PostureHarvest @nowhere } }
        @{ Command = { Compare-PostureHarvest 7d -Resource @nowhere } }
        @{ Command = { Export-PostureGraph -Format Dot @nowhere } }
        @{ Command = { Export-PostureReport Csv (Join-Path $TestDrive 'a.csv') @nowhere } }
        @{ Command = { Export-PostureBaseline (Join-Path $TestDrive 'a.txt') @nowhere } }
        @{ Command = { Get-PostureReport (Join-Path $TestDrive 'a.html') @nowhere } }
        @{ Command = { Assert-Posture @nowhere } }
    ) {
        $told = Get-Told $Command
        $told.Count | Should -Be 1
        "$told $($told.ErrorDetails.RecommendedAction)" | Should -Match 'Invoke-PostureHarvest'
        Get-ChildItem -Path $TestDrive -Filter 'a.*' | Should -BeNullOrEmpty
    }

    It 'is told once, and how to read it, where it is another service: <Command>' -ForEach @(
        @{ Command = { Get-PostureFinding -Service ec2 }; With = '-Service ec2' }
        @{ Command = { Get-PostureFinding -Rule EC2.* }; With = '-Service ec2' }
        @{ Command = { Get-PostureRule EC2.DefaultSecurityGroup, EC2.VpcFlowLogs | Get-PostureFinding }; With = '-Service ec2' }
        @{ Command = { Get-PostureFinding -Service cloudtrail-events }; With = '-IncludeEvents' }
        @{ Command = { Get-PostureFinding -Service guardduty-findings }; With = '-IncludeProviderFinding GuardDuty' }
        @{ Command = { Get-PostureFinding -Provider GuardDuty }; With = '-IncludeProviderFinding GuardDuty' }
        @{ Command = { Get-PostureResource AWS::EC2::Instance }; With = '-Service ec2' }
        @{ Command = { Get-PostureGap -Service ec2, s3 }; With = '-Service ec2, s3' }
        @{ Command = { Get-PostureExposure }; With = '-Service ec2' }
        @{ Command = { Get-PostureExposure AWS::S3::Bucket }; With = '-Service s3' }
        @{ Command = { Get-PosturePath }; With = '-Service iam' }
        @{ Command = { Get-PostureEscalation }; With = '-Service iam' }
        @{ Command = { Get-PostureAccess s3:GetObject arn:aws:s3:::data }; With = '-Service iam' }
    ) {
        $told = @(Get-Told $Command | Where-Object { "$_" -match 'not read into' })
        $told.Count | Should -Be 1
        "$told" | Should -Match "Invoke-PostureHarvest $([regex]::Escape($With))"
    }

    It 'is not told of what was read and is not there' {
        Get-Told { Get-PostureFinding -Service sqs -Status Excepted } | Should -BeNullOrEmpty
        Get-Told { Get-PostureGap -Service sqs } | Should -BeNullOrEmpty
        Get-Told { Get-PostureFinding -Status Excepted } | Should -BeNullOrEmpty
    }
}
