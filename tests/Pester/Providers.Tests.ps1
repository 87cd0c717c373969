#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Findings of AWS''s own detectors' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1 -Fault 'service=securityhub,operation=GetFindings,status=403,code=AccessDeniedException,after=2'
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service mq, neptune | Out-Null
        $before = Get-PostureFinding -Provider * -WarningVariable unread -WarningAction SilentlyContinue
        $services = (Get-PostureHarvest).Services
        Invoke-PostureHarvest -Service mq, neptune, ecr -IncludeProviderFinding * | Out-Null
        $findings = @(Get-PostureFinding -Provider *)
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'reads none unless it is asked to, and says how' {
        $before | Should -BeNullOrEmpty
        @($unread).Count | Should -Be 1
        "$unread" | Should -Match 'AccessAnalyzer, GuardDuty.*TrustedAdvisor were not read.*Invoke-PostureHarvest -IncludeProviderFinding AccessAnalyzer, GuardDuty'
        "$services" | Should -Not -Match 'findings'
    }

    It 'reads those of <_>' -ForEach 'AccessAnalyzer', 'GuardDuty', 'Inspector', 'Macie', 'SecurityHub', 'TrustedAdvisor' {
        $own = @($findings | Where-Object Provider -EQ $_)
        $own | Should -Not -BeNullOrEmpty
        foreach ($one in $own) {
            $one.RuleId | Should -BeLike "$_/*"
            $one.Status | Should -Be Fail
            $one.Title | Should -Not -BeNullOrEmpty
            $one.NativeId | Should -Not -BeNullOrEmpty
            $one.WorkflowState | Should -BeIn 'ACTIVE', 'NEW'
            $one.ResourceArn | Should -BeLike 'arn:*'
        }
    }

    It 'joins them with the resources that they are about' {
        $broker = $findings | Where-Object Provider -EQ SecurityHub | Select-Object -First 1
        $broker.ResourceType | Should -Be AWS::AmazonMQ::Broker
        $broker.Service | Should -Be mq
        $broker.Severity | Should -Be Medium
        $broker.NativeSeverity | Should -Be MEDIUM
        $resource = $broker | Get-PostureResource
        $resource.ResourceArn | Should -Be $broker.ResourceArn

        $ours = @($broker | Get-PostureFinding)
        $ours | Should -Not -BeNullOrEmpty
        $ours | ForEach-Object { $_.ResourceArn | Should -Be $broker.ResourceArn; $_.Provider | Should -BeNullOrEmpty }
        ($ours[0] | Get-PostureFinding -Provider SecurityHub).NativeId | Should -Be $broker.NativeId
    }

    It 'shows them as relations of what they are about, and exports them' {
        $broker = $findings | Where-Object Provider -EQ SecurityHub | Select-Object -First 1
        $relation = @(Get-PostureResource AWS::AmazonMQ::Broker | Where-Object ResourceArn -EQ $broker.ResourceArn | Get-PostureRelation | Where-Object Relation -EQ hasFinding)
        $relation.ToId | Should -Contain $broker.NativeId
        Export-PostureGraph -Format GraphML | Should -Match 'hasFinding'
    }

    It 'filters them by severity, account, resource and kind' {
        (Get-PostureFinding -Provider GuardDuty, Inspector -Severity Critical).Provider | Sort-Object -Unique | Should -Be Inspector
        $one = $findings | Where-Object Provider -EQ Macie | Select-Object -First 1
        @(Get-PostureFinding -Provider Macie -Account $one.AccountId).AccountId | Sort-Object -Unique | Should -Be $one.AccountId
        (Get-PostureFinding -Provider Macie -Resource $one.ResourceArn).NativeId | Should -Be $one.NativeId
        @(Get-PostureFinding -Provider SecurityHub -Rule SecurityHub/MQ.*) | Should -Not -BeNullOrEmpty
        @(Get-PostureFinding -Provider SecurityHub -Rule SecurityHub/S3.*) | Should -BeNullOrEmpty
    }

    It 'keeps nothing of what a finding quotes' {
        $lake = Get-ChildItem (Get-PostureHarvest)[0].Path -Recurse -File | ForEach-Object {
            $stream = [System.IO.File]::OpenRead($_.FullName)
            try {
                $plain = if ($_.Extension -eq '.gz') { [System.IO.Compression.GZipStream]::new($stream, [System.IO.Compression.CompressionMode]::Decompress) } else { $stream }
                [System.IO.StreamReader]::new($plain).ReadToEnd()
            }
            finally {
                $stream.Dispose()
            }
        }
        "$lake" | Should -Match 'payroll'
        "$lake" | Should -Not -Match 'hunter2|salaries-2026|203\.0\.113\.9|filePath|shop-customers|example\.com/leaked'
    }

    It 'leaves the verdicts of rules as they are' {
        @(Get-PostureFinding | Where-Object Provider) | Should -BeNullOrEmpty
    }

    It 'leaves them there when the next harvest does not ask for them' {
        Invoke-PostureHarvest -Service mq | Out-Null
        @(Get-PostureFinding -Provider *).Count | Should -Be $findings.Count
    }

    It 'asks for their permissions only where it is to' {
        $plain = (Get-PosturePolicy).Action
        $more = (Get-PosturePolicy -IncludeProviderFinding GuardDuty).Action
        $plain | Should -Not -Contain guardduty:GetFindings
        $more | Should -Contain guardduty:GetFindings
        @($more | Where-Object { $_ -notin $plain }) | Should -Be 'guardduty:GetFindings'
        Get-PosturePolicy -AsDocument -IncludeProviderFinding * | Test-PosturePolicy | Should -BeNullOrEmpty
        "$(Export-PostureTemplate -Format CloudFormation -HubAccountId 111122223333 -IncludeProviderFinding Macie)" | Should -Match 'macie2:GetFindings'
    }

    It 'refuses what it does not know: <Command>' -ForEach @(
        @{ Command = { Get-PostureFinding -Provider GardDuty }; Id = 'ProviderNotFound*'; Near = 'GuardDuty' }
        @{ Command = { Invoke-PostureHarvest -IncludeProviderFinding Maci }; Id = 'ProviderNotFound*'; Near = 'Macie' }
        @{ Command = { Get-PosturePolicy -IncludeProviderFinding Inspektor }; Id = 'ProviderNotFound*'; Near = 'Inspector' }
        @{ Command = { Get-PostureFinding -Provider GuardDuty -Change New }; Id = 'InvalidArgument*'; Near = '-Since' }
    ) {
        $said = try { & $Command -ErrorAction Stop } catch { $_ }
        $said.FullyQualifiedErrorId | Should -BeLike $Id
        "$said" | Should -Match $Near
    }

    It 'completes their names' {
        (TabExpansion2 'Get-PostureFinding -Provider Gu').CompletionMatches.CompletionText | Should -Be GuardDuty
        (TabExpansion2 'Invoke-PostureHarvest -IncludeProviderFinding Sec').CompletionMatches.CompletionText | Should -Be SecurityHub
    }

    It 'makes what cannot be read a gap' {
        Invoke-PostureHarvest -Service securityhub-findings | Out-Null
        $gap = Get-PostureGap -Service securityhub-findings | Select-Object -First 1
        $gap.Action | Should -Be securityhub:GetFindings
        $gap.ResourceType | Should -Be AWS::SecurityHub::Finding
    }
}
