#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What the engine finds is told with the parameter that puts it right' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 3
        $variables = 'JOB_COMPLETION_INDEX', 'AWS_BATCH_JOB_ARRAY_INDEX', 'AWS_BATCH_JOB_ARRAY_SIZE', 'CLOUD_RUN_TASK_INDEX', 'CLOUD_RUN_TASK_COUNT'
        New-PostureConnection org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        New-PostureConnection keys -AccessKey AKIAEXAMPLE000000000 -SecretKey secret | Out-Null
        $lake = Join-Path $TestDrive 'begun'
        $begun = Invoke-PostureHarvest org -LakePath $lake -HarvestId begun -Service sqs, s3 -ThrottleLimit 1 -MaxCall 3 -WarningVariable warned -WarningAction SilentlyContinue
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    AfterEach {
        foreach ($name in $variables) { Remove-Item -Path "env:$name" -ErrorAction Ignore }
    }

    It 'in an error, whichever way it is read: <Says>' -ForEach @(
        @{ Do = { Invoke-PostureHarvest org -HarvestId x -ShardCount 4 }; Says = "There are to be 4 shards, but nothing tells this process's number. Give -ShardIndex, from 0 to 3." }
        @{ Do = { Invoke-PostureHarvest org -HarvestId x -ShardCount 0 }; Says = 'There cannot be 0 shards. -ShardCount is at least 1.' }
        @{ Do = { $env:JOB_COMPLETION_INDEX = 2; Invoke-PostureHarvest org -HarvestId x }; Says = 'Kubernetes numbers this process (JOB_COMPLETION_INDEX), but nothing says how many there are. Set JOB_COMPLETIONS, or give -ShardCount; -ShardCount 1 reads all accounts here.' }
        @{ Do = { $env:AWS_BATCH_JOB_ARRAY_INDEX, $env:AWS_BATCH_JOB_ARRAY_SIZE = 1, 10; Invoke-PostureHarvest org -HarvestId x -ShardCount 8 }; Says = 'There are to be 8 shards, but AWS Batch runs 10 jobs (AWS_BATCH_JOB_ARRAY_SIZE). Leave -ShardCount out, or give -ShardIndex too.' }
        @{ Do = { $env:AWS_BATCH_JOB_ARRAY_INDEX, $env:AWS_BATCH_JOB_ARRAY_SIZE = 12, 10; Invoke-PostureHarvest org -HarvestId x }; Says = 'AWS_BATCH_JOB_ARRAY_INDEX is 12: AWS Batch has no such job among 10. Correct the variables, or give -ShardIndex and -ShardCount.' }
        @{ Do = { $env:AWS_BATCH_JOB_ARRAY_INDEX, $env:AWS_BATCH_JOB_ARRAY_SIZE, $env:CLOUD_RUN_TASK_INDEX, $env:CLOUD_RUN_TASK_COUNT = 1, 2, 0, 2; Invoke-PostureHarvest org -HarvestId x }; Says = 'AWS Batch (job 1 of 2, from 0) and Cloud Run (job 0 of 2, from 0) number this process differently. Give -ShardIndex and -ShardCount.' }
        @{ Do = { Invoke-PostureHarvest org -ShardIndex 0 -ShardCount 2 }; Says = "This is shard 0 of 2, and shards write one harvest together. Give all of them the same -HarvestId, such as the number of the pipeline's run. -ShardCount 1 reads all accounts here." }
        @{ Do = { Invoke-PostureHarvest org -LakePath $lake -HarvestId begun -Service sqs }; Says = "Harvest 'begun' reads other services (s3, sqs). Give the same -Service as before, or another -HarvestId." }
        @{ Do = { Invoke-PostureHarvest org -LakePath $lake -HarvestId begun -Service sqs, s3 -Region eu-west-1 }; Says = "Harvest 'begun' reads all Regions of its connections. Give the same -Region as before, or another -HarvestId." }
        @{ Do = { Invoke-PostureHarvest org -LakePath $lake -HarvestId begun -Service sqs, s3 -ShardIndex 0 -ShardCount 2 }; Says = "Harvest 'begun' is in one piece, or its shards are joined already, so it cannot be gone on with as shard 0 of 2. Give the same -ShardIndex and -ShardCount as before, or another -HarvestId." }
        @{ Do = { Invoke-PostureHarvest org -LakePath $lake -HarvestId begun -Resume -ShardIndex 0 -ShardCount 2 }; Says = "Harvest 'begun' is in one piece, or its shards are joined already. Resume it with the same -ShardIndex and -ShardCount." }
        @{ Do = { Export-PostureTemplate CloudFormation -Vendor Cartography }; Says = 'Cartography needs to know the account that will read. Give its 12 digits as -HubAccountId, or a principal as -TrustedPrincipal.' }
        @{ Do = { New-PostureConnection h -HubExternalId abcd -CredentialSource Default }; Says = "A hub's external ID belongs to the hub role of an organization. Give -RoleArn and -MemberRole as well. The role of one account has -ExternalId." }
        @{ Do = { Send-PostureAlert -Slack (ConvertTo-SecureString 'https://user:T0P@hooks.example.com/' -AsPlainText -Force) }; Says = "The webhook's address holds a user's name or password. Give a token as -Token instead." }
        @{ Do = { Test-PostureConnection keys -EndpointUrl http://aws.example }; Says = "-EndpointUrl is 'http://aws.example': plain http would let anybody on the way read the answers. Use https; http is for loopback addresses (127.0.0.1, ::1, localhost) alone." }
    ) {
        $problem = $null
        try { & $Do -ErrorAction Stop | Out-Null } catch { $problem = $_ }
        "$problem" | Should -BeExactly $Says
        $problem.Exception.Message | Should -BeExactly $Says
        $problem.ErrorDetails.RecommendedAction | Should -BeNullOrEmpty -Because 'the message says it'
    }

    It 'in a test of a connection: <Advice>' -ForEach @(
        @{ Advice = 'Correct -ProfileLocation.'; Do = { Test-PostureConnection org -ProfileLocation (Join-Path $TestDrive 'nowhere') } }
        @{ Advice = 'Check network, proxy (HTTPS_PROXY) and endpoint (AWS_ENDPOINT_URL). -EndpointUrl names another endpoint.'; Do = { Test-PostureConnection keys -EndpointUrl http://127.0.0.1:1 } }
        @{ Advice = 'Give them again (-AccessKey, -SecretKey), or use a profile.'; Do = { & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../../CloudPosture.psd1'; Test-PostureConnection keys | ConvertTo-Json" | ConvertFrom-Json } }
    ) {
        $env:AWS_MAX_ATTEMPTS = 1
        try { @(& $Do | Where-Object Recommendation).Recommendation | Should -Contain $Advice }
        finally { Remove-Item -Path env:AWS_MAX_ATTEMPTS }
    }

    It 'where a harvest stops; what the lake keeps of it is for any host' {
        $begun[0].Failure | Should -Match 'The budget of 3 calls is used up .*\. Continue with -Resume and .*-MaxCall'
        $begun[1].Failure | Should -BeExactly 'The budget of 3 calls is used up. Continue with -Resume.'
        $warned[0].Message | Should -Match ' -Resume and .*-MaxCall'
        $warned[1].Message | Should -Match 'The budget of 3 calls is used up\. Continue with -Resume\.$'
        $kept = @(Get-PostureGap -LakePath $lake | Where-Object Code -EQ NotHarvested)
        $kept.Message | Select-Object -Unique | Should -Match 'used up.*\. Resume the harvest'
    }

    It 'where a connection cannot be used' {
        New-PostureConnection units -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default -OrganizationalUnitId ou-zzzz-99999999 | Out-Null
        $lost = Invoke-PostureHarvest units -Service sqs -LakePath "$TestDrive/units" -WarningVariable told -WarningAction SilentlyContinue
        $lost.Failure | Should -BeExactly 'The organization has no accounts under ou-zzzz-99999999. Correct -OrganizationalUnitId.'
        $told.Message | Should -Match 'under ou-zzzz-99999999\. Correct -OrganizationalUnitId\. '
    }
}
