#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Temporary delegation' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox
        $keys = $sandbox.Administrator
        $topic = "arn:aws:sns:us-east-1:$($sandbox.Management):delegation"
        $common = @{
            OwnerAccountId       = $sandbox.Management
            PolicyTemplateArn    = 'arn:aws:iam:::delegation-template/CloudPosture'
            NotificationTopicArn = $topic
            Confirm              = $false
        }

        # What SNS delivers, up to the message that the wanted text is in.
        function Read-Message([string] $Until) {
            while ($null -ne ($line = $sandbox.Process.StandardOutput.ReadLine())) {
                if ($line.StartsWith('SNS: ')) { $line.Substring(5) }
                if ($line.Contains($Until)) { return }
            }
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'sends nothing with -WhatIf' {
        $template = Join-Path $TestDrive 'template.json'
        '{"Statement":{"Effect":"Allow","Action":"iam:CreateRole","Resource":"arn:aws:iam::*:role/@{RoleName}"}}' | Set-Content -LiteralPath $template
        Send-DelegationRequest -Nickname none -RoleName none @common @keys -Parameter @{ RoleName = 'none' } -PolicyTemplatePath $template -WhatIf | Should -BeNullOrEmpty
        Get-DelegationRequest -Cached | Should -BeNullOrEmpty
    }

    It 'leads from a request to a harvest of <Nickname>' -ForEach @(
        @{ Nickname = 'account'; More = @{ RoleName = 'DelegatedReader' }; Accounts = 1 }
        @{ Nickname = 'organization'; More = @{ RoleName = 'DelegatedOrganization'; Organization = $true; PermissionsBoundary = 'arn:aws:iam::aws:policy/delegation/CloudPosture' }; Accounts = 2 }
    ) {
        $sent = Send-DelegationRequest -Nickname $Nickname @common @keys @More -Parameter @{ RoleName = $More.RoleName }
        $sent.State | Should -Be 'Unassigned'
        $sent.ConsoleLink | Should -BeLike 'https://*'
        ($sent | Approve-DelegationRequest @keys -Confirm:$false).State | Should -Be 'Finalized'
        $messages = @(Read-Message -Until 'ExchangeToken')
        $received = $messages | Receive-DelegationNotification | Select-Object -Last 1
        $received.HasToken | Should -BeTrue
        $connection = $received | Complete-DelegationRequest @keys
        $connection.Name | Should -Be $Nickname
        @($connection | Invoke-PostureHarvest -Service ec2).Count | Should -Be $Accounts
        (Get-DelegationRequest -Cached -WorkflowId $sent.WorkflowId).Step | Should -Be 'Completed'
        foreach ($parameter in 'RequestId', 'WorkflowId') {
            $line = "Get-DelegationRequest -$parameter $($sent.$parameter.Substring(0, 12))"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain $sent.$parameter
        }

        $token = ((($messages[-1] | ConvertFrom-Json).Message) | ConvertFrom-Json).ExchangeToken
        Get-ChildItem -Path $env:CLOUDPOSTURE_HOME -Recurse -File | Select-String -SimpleMatch $token | Should -BeNullOrEmpty
    }

    It 'forwards, waits for and rejects a request, and sends it again' {
        $sent = Send-DelegationRequest -Nickname again -RoleName Again @common @keys -Parameter @{ RoleName = 'Again' }
        ($sent | Register-DelegationRequest @keys -ForApproval -Note 'please look').State | Should -Be 'PendingApproval'
        (Get-DelegationRequest -ForReview -State PendingApproval -CheckPermission @keys).PermissionCheck | Should -Be 'ALLOWED'
        ($sent | Deny-DelegationRequest @keys -Note 'not ours' -Confirm:$false).RejectionReason | Should -Be 'not ours'
        ($sent | Wait-DelegationRequest @keys).State | Should -Be 'Rejected'
        { $sent | Complete-DelegationRequest @keys -ErrorAction Stop } | Should -Throw -ErrorId 'DelegationRejected*'
        (Get-DelegationRequest -State Rejected @keys | Send-DelegationRequest @keys -Confirm:$false).WorkflowId | Should -Not -Be $sent.WorkflowId
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a message that is none'; Command = { 'hello' | Receive-DelegationNotification -ErrorAction Stop }; Id = 'DelegationNotNotification*' }
        @{ What = 'an id that is none'; Command = { Get-DelegationRequest nope @keys -ErrorAction Stop }; Id = 'DelegationInvalid*' }
        @{ What = 'an unknown request'; Command = { Get-DelegationRequest 0123456789abcdef @keys -ErrorAction Stop }; Id = 'DelegationNotFound*' }
        @{ What = 'an unknown workflow id'; Command = { Get-DelegationRequest -WorkflowId nope -Cached -ErrorAction Stop }; Id = 'DelegationRequestNotFound*' }
        @{ What = 'a wait that is over'; Command = { Get-DelegationRequest -Cached -State Unassigned | Wait-DelegationRequest @keys -Timeout 1 -ErrorAction Stop }; Id = 'DelegationTimedOut*' }
    ) {
        $Command | Should -Throw -ErrorId $Id
    }
}
