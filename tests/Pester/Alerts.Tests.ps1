#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"

    $sandbox = Start-Sandbox -Accounts 2 -Regions 2
    New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
    Invoke-PostureHarvest -Service s3 | Out-Null
    $failed = @(Get-PostureFinding -Status Fail)
    $folder = New-Item -Path (Join-Path $TestDrive 'received') -ItemType Directory
    $receiver = Start-Receiver $folder.FullName
    $env:POSTURE_HOOK = $receiver.Address
    $administrator = $sandbox.Administrator
    $hub = @{ HubAccountId = $sandbox.Management }
    New-PostureRole -Part Publisher @hub @administrator | New-PostureConnection -Name publish -Disabled @administrator | Out-Null
}

AfterAll {
    $receiver.Listener.Stop()
    $receiver.Shell.EndInvoke($receiver.Work)
    $receiver.Shell.Dispose()
    Remove-Item env:POSTURE_HOOK
    Stop-Sandbox $sandbox
}

Describe 'Send-PostureAlert' {
    BeforeEach {
        Remove-Item "$env:CLOUDPOSTURE_HOME/lake/alerts" -Recurse -ErrorAction Ignore
        Remove-Item "$folder/*"
        function Received { @(Get-ChildItem $folder -Filter *.json) }
    }

    It 'tells Slack of what comes through the pipeline, once' {
        $told = $failed | Send-PostureAlert -Slack env:POSTURE_HOOK
        $told.Sent, $told.Findings, $told.New, $told.Messages | Should -Be $true, $failed.Count, $failed.Count, 1
        $again = $failed | Send-PostureAlert -Slack env:POSTURE_HOOK
        $again.Sent, $again.Findings | Should -Be $false, 0
        (Received).Count | Should -Be 1
        (Get-Content (Received).FullName -Raw | ConvertFrom-Json).blocks[0].type | Should -Be 'header'
    }

    It 'tells of all that the lake holds without a pipeline, and several receivers at once' {
        $told = @(Send-PostureAlert -Teams env:POSTURE_HOOK -Webhook $receiver.Address)
        $told.Kind | Should -Be 'Teams', 'Webhook'
        $told.Findings | Select-Object -Unique | Should -Be $failed.Count
        (Received).Count | Should -Be 2
    }

    It 'tells again what was not taken, and shows no address' {
        Set-Content "$folder/answer" 500
        $failed | Send-PostureAlert -Slack env:POSTURE_HOOK -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlertNotSent*'
        ($problem | Out-String) + ($problem[0] | Format-List * -Force | Out-String) | Should -Not -Match 'T0P-SECRET'
        Set-Content "$folder/answer" 413
        $failed | Send-PostureAlert -Slack env:POSTURE_HOOK -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike '*was not told: it answers 413. The message is too large. The next alert tells it again. Lower -Limit.'
        Remove-Item "$folder/answer"
        ($failed | Send-PostureAlert -Slack env:POSTURE_HOOK).Findings | Should -Be $failed.Count
    }

    It 'sends and remembers nothing with -WhatIf' {
        $failed | Send-PostureAlert -Slack env:POSTURE_HOOK -WhatIf | Should -BeNullOrEmpty
        Received | Should -BeNullOrEmpty
        ($failed | Send-PostureAlert -Slack env:POSTURE_HOOK).Findings | Should -Be $failed.Count
    }

    It 'takes an address from <_>' -ForEach 'a SecureString', 'a vault', 'a named vault' {
        function Get-Secret($Name, $Vault) { if ("$Vault/$Name" -in '/hook', 'team/hook') { ConvertTo-SecureString $receiver.Address -AsPlainText -Force } else { throw 'There is none.' } }
        $address = switch ($_) { 'a vault' { 'secret:hook' } 'a named vault' { 'secret:team/hook' } default { ConvertTo-SecureString $receiver.Address -AsPlainText -Force } }
        ($failed[0] | Send-PostureAlert -Slack $address).Sent | Should -BeTrue
    }

    It 'remembers by a name that shows no address' {
        $failed[0] | Send-PostureAlert -Slack env:POSTURE_HOOK | ForEach-Object Receiver | Should -Match '^slack-[0-9a-f]{10}$'
        ($failed[0] | Send-PostureAlert -Slack env:POSTURE_HOOK -ReceiverName team).Receiver | Should -Be 'team'
        Get-ChildItem "$env:CLOUDPOSTURE_HOME/lake/alerts" -Recurse | Select-String 'T0P-SECRET' | Should -BeNullOrEmpty
    }

    It 'takes rows, and severities' {
        $rows = $failed | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Send-PostureAlert -Slack env:POSTURE_HOOK -Severity High).Findings | Should -Be @($failed | Where-Object Severity -EQ High).Count
    }

    It 'leaves out what is old' {
        (Send-PostureAlert -Slack env:POSTURE_HOOK -Since ([datetime]::Now.AddDays(1))).Sent | Should -BeFalse
        (Send-PostureAlert -Slack env:POSTURE_HOOK).Sent | Should -BeFalse
    }

    It 'publishes to a topic by the role that may, and not by the one that reads' {
        $region = ($failed | Where-Object Region -NE global | Select-Object -First 1).Region
        $topic = "arn:aws:sns:${region}:$($sandbox.Management):posture"
        ($failed | Send-PostureAlert -Sns $topic -Connection publish @administrator).Sent | Should -BeTrue
        $failed | Send-PostureAlert -Sns $topic -Connection org -ReceiverName other -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlertNotSent*'
        $problem[0] | Should -Match 'sns:Publish'
    }

    It 'says in one error what is wrong: <Name>' -ForEach @(
        @{ Name = 'nobody'; Code = { Send-PostureAlert } }
        @{ Name = 'an address in plain text'; Code = { Send-PostureAlert -Slack 'https://hooks.example.com/services/T0P-SECRET' } }
        @{ Name = 'an address in plain text without a token'; Code = { Send-PostureAlert -Webhook 'https://hooks.example.com/services/T0P-SECRET' } }
        @{ Name = 'no such variable'; Code = { Send-PostureAlert -Slack env:NOBODY_SET_THIS } }
        @{ Name = 'no such secret'; Code = { function Get-Secret { throw 'none' }; Send-PostureAlert -Slack secret:none } }
        @{ Name = 'plain http'; Code = { Send-PostureAlert -Slack (ConvertTo-SecureString 'http://hooks.example.com/T0P-SECRET' -AsPlainText -Force) } }
        @{ Name = 'no token'; Code = { Send-PostureAlert -Webhook $receiver.Address -WebhookFormat SplunkHec } }
        @{ Name = 'a password in plain text'; Code = { Send-PostureAlert -Mail a@example.com -From b@example.com -SmtpServer localhost -SmtpCredential 'user:T0P-SECRET' } }
        @{ Name = 'no server'; Code = { Send-PostureAlert -Mail a@example.com } }
        @{ Name = 'no topic'; Code = { Send-PostureAlert -Sns alerts } }
        @{ Name = 'something else'; Code = { Get-PostureRule | Send-PostureAlert -Slack env:POSTURE_HOOK } }
    ) {
        $Code | Should -Throw -ErrorId 'InvalidArgument*'
        $Error[0] | Should -Not -Match 'T0P-SECRET'
        Received | Should -BeNullOrEmpty
    }
}

Describe 'Publish-PostureFinding' {
    BeforeAll {
        $publisher = @{ SecurityHub = $true; Connection = 'publish'; WarningAction = 'SilentlyContinue' } + $administrator

        # In the other Region of the account it is off.
        $mine = @($failed | Where-Object { $_.AccountId -eq $sandbox.Management -and $_.Region -eq 'eu-west-1' })
        function New-Finding([string] $Id, [string] $Status = 'Fail') {
            $row = $mine[0] | Select-Object *
            $row.FindingId, $row.Status = ($Id * 32), $Status
            $row
        }
    }

    It 'writes nothing with -WhatIf' {
        $before = @(Get-Content $sandbox.Writes).Count
        $mine | Publish-PostureFinding @publisher -WhatIf | Should -BeNullOrEmpty
        @(Get-Content $sandbox.Writes).Count | Should -Be $before
    }

    It 'imports what fails, and sends nothing twice' {
        $first = @($mine | Publish-PostureFinding @publisher)
        ($first | Measure-Object Imported -Sum).Sum | Should -Be $mine.Count
        $first.Status | Select-Object -Unique | Should -Be 'Complete'
        $second = @($mine | Publish-PostureFinding @publisher)
        ($second | Measure-Object Imported -Sum).Sum | Should -Be 0
        ($second | Measure-Object Unchanged -Sum).Sum | Should -Be $mine.Count
    }

    It 'archives what is <_>, once, and imports it when it fails again' -ForEach 'Excepted', 'Pass' {
        New-Finding a | Publish-PostureFinding @publisher | Out-Null
        (New-Finding a $_ | Publish-PostureFinding @publisher).Archived | Should -Be 1
        (New-Finding a $_ | Publish-PostureFinding @publisher).Archived | Should -Be 0
        (New-Finding a | Publish-PostureFinding @publisher).Imported | Should -Be 1
    }

    It 'leaves what could not be read as it is' {
        New-Finding b | Publish-PostureFinding @publisher | Out-Null
        $kept = New-Finding b NotAssessed | Publish-PostureFinding @publisher
        $kept.Archived, $kept.Imported, $kept.Unchanged | Should -Be 0, 0, 1
    }

    It 'archives what is gone where all is published, and names Regions where it is off and accounts without a connection' {
        $mine | Publish-PostureFinding @publisher | Out-Null
        Publish-PostureFinding @publisher -ErrorAction SilentlyContinue | Out-Null
        (New-Finding c | Publish-PostureFinding @publisher).Imported | Should -Be 1
        $all = @(Publish-PostureFinding @publisher -ErrorAction SilentlyContinue -ErrorVariable problem)
        ($all | Where-Object Region -EQ eu-west-1).Archived | Should -Be 1
        ($all | Where-Object Region -EQ us-east-1).Status | Should -Be 'Failed'
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotPublished*'
        "$problem" | Should -Match 'not on in account .* in us-east-1'
        "$problem" | Should -Match 'No connection leads to account'
        @($problem -match 'No connection leads to').Count | Should -Be 1 -Because 'one error names all accounts'
    }

    It 'says once that a connection is not there, and where findings can go' {
        Publish-PostureFinding -SecurityHub -Connection nope -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        "$problem" | Should -Match "no connection 'nope'"
        { Publish-PostureFinding -Connection org } | Should -Throw '*-SecurityHub*'
    }

    It 'writes nothing by the role that reads' {
        New-Finding d | Publish-PostureFinding -SecurityHub -Connection org -ErrorAction SilentlyContinue -ErrorVariable problem | ForEach-Object Status | Should -Be 'Failed'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AwsAccessDenied*'
        "$($problem[0])" | Should -BeLike '*New-PostureRole -Part Publisher*'
    }
}
