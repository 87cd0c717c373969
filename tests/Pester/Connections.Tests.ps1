#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Connections' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 6 -Regions 1
        $id, $secret = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY
        $role = "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)"
        $file = Join-Path $env:CLOUDPOSTURE_HOME 'connections.json'
        "[default]`naws_access_key_id = AKIADEFAULT000000000`naws_secret_access_key = of-the-default-profile`n[named]`naws_access_key_id = $id`naws_secret_access_key = $secret" |
            Set-Content -LiteralPath $env:AWS_SHARED_CREDENTIALS_FILE
        $elsewhere = Join-Path $TestDrive 'elsewhere'
        "[default]`naws_access_key_id = $id`naws_secret_access_key = $secret" | Set-Content -LiteralPath $elsewhere

        function New-Pair([string] $KeyId, [string] $Word) {
            $text = [securestring]::new()
            $Word.ToCharArray() | ForEach-Object { $text.AppendChar($_) }
            [pscredential]::new($KeyId, $text)
        }

        function Get-Calls { @(Get-Content -LiteralPath $sandbox.Writes -ErrorAction Ignore).Count }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    BeforeEach {
        Get-PostureConnection | Remove-PostureConnection
    }

    It 'says so where others may write to their folder' -Skip:$IsWindows {
        New-PostureConnection -Name one | Out-Null
        $mode = (Get-Item -LiteralPath $env:CLOUDPOSTURE_HOME).UnixFileMode
        [IO.File]::SetUnixFileMode($env:CLOUDPOSTURE_HOME, [IO.UnixFileMode] 511)
        try { (Get-PostureConnection -WarningVariable told -WarningAction SilentlyContinue).Name | Should -Be 'one' }
        finally { [IO.File]::SetUnixFileMode($env:CLOUDPOSTURE_HOME, $mode) }
        "$told" | Should -BeLike "Others on this machine may write to $env:CLOUDPOSTURE_HOME*chmod go-w*"
        Get-PostureConnection -WarningVariable quiet | Out-Null
        $quiet | Should -BeNullOrEmpty
    }

    Context 'Without a connection' {
        It 'reads the account of the environment''s credentials, and says so' {
            $read = Invoke-PostureHarvest -Service sqs -WarningVariable told -WarningAction SilentlyContinue
            $read.AccountId, $read.Status | Should -Be $sandbox.Management, 'Complete'
            "$told" | Should -Match 'There is no connection.*New-PostureConnection'
        }

        It 'is one error where there are no credentials either' {
            $key, $env:AWS_ACCESS_KEY_ID = $env:AWS_ACCESS_KEY_ID, $null
            $file, $env:AWS_SHARED_CREDENTIALS_FILE = $env:AWS_SHARED_CREDENTIALS_FILE, (Join-Path $TestDrive 'nothing')
            try {
                { Invoke-PostureHarvest -Service sqs -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw '*No credentials were found*' -ErrorId 'Credential*'
            }
            finally {
                $env:AWS_ACCESS_KEY_ID, $env:AWS_SHARED_CREDENTIALS_FILE = $key, $file
            }
        }

        It 'tells with what is wrong which cmdlet helps' {
            $none = { Get-PostureConnection nosuch -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotFound*' -PassThru
            "$none" | Should -Match 'nosuch.*New-PostureConnection'
            New-PostureConnection -Name c -CredentialSource Default | Out-Null
            $twice = { New-PostureConnection -Name c -CredentialSource Default -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionExists*' -PassThru
            "$twice" | Should -Be "There is a connection 'c' already. Choose another name, change it with Set-PostureConnection, or replace it with -Force."
            $twice.ErrorDetails.RecommendedAction | Should -BeNullOrEmpty -Because 'the message says it'
            $twice.CategoryInfo.Category | Should -Be 'ResourceExists'
        }
    }

    Context 'Credentials as parameters' {
        BeforeEach {
            New-PostureConnection -Name c -CredentialSource Default | Out-Null
        }

        It 'refuses <What>, and takes nothing else' -ForEach @(
            @{ What = 'a profile that is no name'; With = { @{ ProfileName = '' } } }
            @{ What = 'a profile by a variable that was never set'; With = { @{ ProfileName = $undefined } } }
            @{ What = 'a place that is empty'; With = { @{ ProfileLocation = '' } } }
            @{ What = 'a token alone'; With = { @{ SessionToken = 'token' } } }
            @{ What = 'a token by a variable that was never set'; With = { @{ SessionToken = $undefined } } }
            @{ What = 'an access key alone'; With = { @{ AccessKey = $id } } }
            @{ What = 'a secret key alone'; With = { @{ SecretKey = $secret } } }
            @{ What = 'a secret key that is empty'; With = { @{ AccessKey = $id; SecretKey = '' } } }
            @{ What = 'keys and an object that holds none'; With = { @{ AccessKey = $id; SecretKey = $secret; Credential = 'garbage' } } }
            @{ What = 'an object that holds none'; With = { @{ Credential = 'garbage' } } }
            @{ What = 'an object that is missing'; With = { @{ Credential = $null } } }
            @{ What = 'keys and a profile'; With = { @{ AccessKey = $id; SecretKey = $secret; ProfileName = 'named' } } }
        ) {
            $credentials = & $With
            foreach ($command in { Test-PostureConnection c @credentials }, { Invoke-PostureHarvest c @credentials -Service sqs }, { New-PostureConnection d @credentials }, { Get-PostureRole * @credentials }) {
                $problem = $command | Should -Throw -ErrorId 'CredentialParameters*' -PassThru
                $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            }

            (Get-PostureConnection).Name | Should -Be 'c'
        }

        It 'keeps no <What> that is given as the profile''s name' -ForEach @(
            @{ What = 'secret key'; Key = 'Ab3'.PadRight(20, 'x') + 'Cd4/'.PadRight(20, 'Y') }
            @{ What = 'access key'; Key = 'AKIA' + 'Q7WERTYU'.PadRight(16, 'Z') }
        ) {
            foreach ($command in { New-PostureConnection d -ProfileName $Key }, { Set-PostureConnection c -ProfileName $Key }) {
                $problem = $command | Should -Throw '*looks like a key*' -PassThru
                "$problem $($problem.ErrorDetails)" | Should -Not -Match ([regex]::Escape($Key))
            }

            (Get-PostureConnection).Name | Should -Be 'c'
            Get-Content -LiteralPath $file -Raw | Should -Not -Match ([regex]::Escape($Key))
        }

        It 'takes the default profile of a file that is given alone' {
            (Test-PostureConnection c -Detail -ProfileLocation $elsewhere | Where-Object Check -EQ Credentials).Status | Should -Be 'Passed'
            (New-PostureConnection d -ProfileLocation $elsewhere).Credentials | Should -Be "profile 'default' in $elsewhere"
            (Set-PostureConnection d -ProfileName named -PassThru).ProfileName | Should -Be 'named'
            (Set-PostureConnection d -ProfileLocation $elsewhere -PassThru).Credentials | Should -Be "profile 'named' in $elsewhere"
        }

        It 'adds the token to a PSCredential' {
            $check = Test-PostureConnection c -Detail -Credential (New-Pair 'ASIAEXAMPLE000000000' 'secret') -SessionToken 'token' | Where-Object Check -EQ Credentials
            $check.Status | Should -Be 'Failed'
            $check.Detail | Should -Not -Match 'give their session token'
        }

        It 'takes the keys of the command line before the profile of a connection in the pipeline' {
            New-PostureConnection p -ProfileName default | Out-Null
            (Get-PostureConnection p | Test-PostureConnection -Detail -AccessKey $id -SecretKey $secret | Where-Object Check -EQ Credentials).Status | Should -Be 'Passed'
        }

        It 'counts keys of a call for that call alone' {
            New-PostureConnection k -AccessKey AKIAEXAMPLE000000000 -SecretKey mine | Out-Null
            Test-PostureConnection k -AccessKey $id -SecretKey $secret -Quiet | Should -BeTrue
            Test-PostureConnection k -Quiet | Should -BeFalse
            Invoke-PostureHarvest k -AccessKey $id -SecretKey $secret -Service sqs | Should -Not -BeNullOrEmpty
            Test-PostureConnection k -Quiet | Should -BeFalse
        }

        It 'reads the keys from environment variables of any name' {
            $env:POSTURE_TEST_ID, $env:POSTURE_TEST_SECRET = $id, $secret
            try {
                New-PostureConnection v -AccessKeyVariable POSTURE_TEST_ID -SecretKeyVariable POSTURE_TEST_SECRET | Out-Null
                (Test-PostureConnection v -Detail | Where-Object Check -EQ Credentials).Detail | Should -Match 'POSTURE_TEST_ID'
                Test-PostureConnection v -Quiet | Should -BeTrue
                (Set-PostureConnection v -AccessKeyVariable A -SecretKeyVariable B -SessionTokenVariable C -PassThru).SessionTokenVariable | Should -Be 'C'
            }
            finally {
                Remove-Item -Path env:POSTURE_TEST_*
            }
        }

        It 'says in debug output where credentials and Region came from' {
            $said = Test-PostureConnection c -Verbose -Debug *>&1 | Out-String -Width 500
            $said | Should -Match "'c': credentials come from environment variable AWS_ACCESS_KEY_ID; Region us-east-1 is their profile's, or AWS_REGION's"
            Test-PostureConnection c -Region eu-west-1 -Debug *>&1 | Out-String -Width 500 | Should -Match 'Region eu-west-1'
        }
    }

    Context 'Copies and changes' {
        BeforeEach {
            New-PostureConnection hub -ProfileName named | Out-Null
        }

        It 'copies <What> whole, through the pipeline and through CSV' -ForEach @(
            @{ What = 'a role'; With = { @{ RoleArn = $role; ExternalId = 'shared-word'; HubConnection = 'hub'; RoleSessionName = 'nightly'; SessionDuration = 900; MfaSerial = 'GAHT12345678'; Namespace = 'team'; Region = 'us-east-1', 'eu-west-1'; Service = 's3', 'iam'; Note = 'a; "word"'; Tag = @{ 'a=b' = 'c; d'; e = 'back\slash' }; AccountName = 'prod'; UnitPath = 'Root/x' } } }
            @{ What = 'an organization'; With = { @{ MemberRole = 'Reader'; RoleArn = $role; HubExternalId = 'hubs-word'; ExternalId = 'shared-word'; ProfileName = 'named'; OrganizationalUnitId = 'r-ab12'; ExcludeAccount = '111122223333', '444455556666'; ExcludeManagementAccount = $true; Disabled = $true } } }
            @{ What = 'variables'; With = { @{ AccessKeyVariable = 'A'; SecretKeyVariable = 'B'; SessionTokenVariable = 'C' } } }
            @{ What = 'the instance''s role'; With = { @{ CredentialSource = 'Instance'; AccountId = '111122223333' } } }
            @{ What = 'a profile elsewhere'; With = { @{ ProfileName = 'default'; ProfileLocation = $elsewhere } } }
            @{ What = 'a plain one'; With = { @{ CredentialSource = 'Default' } } }
        ) {
            $settings = & $With
            New-PostureConnection o1 @settings | Out-Null
            Get-PostureConnection o1 | New-PostureConnection -Name o2 | Out-Null
            Get-PostureConnection o1 | Export-Csv -Path "$TestDrive/copy.csv" -NoTypeInformation
            Import-Csv -Path "$TestDrive/copy.csv" | New-PostureConnection -Name o3 | Out-Null
            $stored = (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json).connections
            $first, $second, $third = $stored | Where-Object name -Like 'o?' | Sort-Object name | Select-Object -Property * -ExcludeProperty name, created, modified | ForEach-Object { $_ | ConvertTo-Json -Depth 5 }
            $second | Should -Be $first
            $third | Should -Be $first
        }

        It 'changes just what is given of a connection in the pipeline' {
            New-PostureConnection r1 -RoleArn $role -ProfileName named | Out-Null
            Get-PostureConnection r1 | Set-PostureConnection -Note n
            (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json).connections.Where({ $_.name -eq 'r1' }).accountId | Should -BeNullOrEmpty
            Get-PostureConnection r1 | Set-PostureConnection -RoleArn 'arn:aws:iam::111122223333:role/other' -HubConnection hub
            $changed = Get-PostureConnection r1
            $changed.AccountId, $changed.HubConnection, $changed.Notes | Should -Be '111122223333', 'hub', 'n'
        }

        It 'changes by the rows of a CSV file' {
            New-PostureConnection r1 -RoleArn $role -ProfileName named | Out-Null
            Get-PostureConnection r1 | Select-Object -Property *, @{ Name = 'Note'; Expression = { 'from Excel' } } -ExcludeProperty Notes | Export-Csv -Path "$TestDrive/set.csv" -NoTypeInformation
            Import-Csv -Path "$TestDrive/set.csv" | Set-PostureConnection
            (Get-PostureConnection r1).Notes | Should -Be 'from Excel'
            (Get-Content -LiteralPath $file -Raw | ConvertFrom-Json).connections.Where({ $_.name -eq 'r1' }).accountId | Should -BeNullOrEmpty
        }

        It 'takes settings back' {
            New-PostureConnection o -MemberRole Reader -ExcludeManagementAccount -SessionDuration 900 -ExcludeAccount 111122223333 -ProfileName named | Out-Null
            (Get-PostureConnection o).ExcludeManagementAccount | Should -BeTrue
            $changed = Set-PostureConnection o -ExcludeManagementAccount:$false -SessionDuration $null -ExcludeAccount @() -PassThru
            $changed.ExcludeManagementAccount, $changed.SessionDuration, $changed.ExcludedAccounts | Should -Be $false, 0, ''
            (Set-PostureConnection o -MemberRole '' -PassThru).Kind | Should -Be 'Account'
        }
    }

    Context 'Hubs' {
        BeforeEach {
            New-PostureConnection hub -ProfileName named | Out-Null
            New-PostureConnection member -HubConnection hub | Out-Null
        }

        It 'stays the hub under a new name' {
            Set-PostureConnection HUB -NewName centre
            (Get-PostureConnection member).HubConnection | Should -Be 'centre'
        }

        It 'is not removed under those that need it, but together with them, or by force' {
            { Remove-PostureConnection hub -ErrorAction Stop } | Should -Throw '*member*' -ErrorId 'ConnectionInUse*'
            Get-PostureConnection hub | Should -Not -BeNullOrEmpty
            Remove-PostureConnection hub -Force
            (Get-PostureConnection).Name | Should -Be 'member'
        }

        It 'must be there' {
            { New-PostureConnection lost -HubConnection nosuch -ErrorAction Stop } | Should -Throw '*nosuch*' -ErrorId 'ConnectionNotFound*'
            { Set-PostureConnection member -HubConnection nosuch -ErrorAction Stop } | Should -Throw '*nosuch*' -ErrorId 'ConnectionNotFound*'
        }
    }

    Context 'MFA' {
        BeforeEach {
            $device = "arn:aws:iam::$($sandbox.Management):mfa/ann"
            New-PostureConnection a -RoleArn $role -ExternalId $sandbox.ExternalId -MfaSerial $device -Service sqs | Out-Null
            Get-PostureConnection a | New-PostureConnection -Name b | Out-Null
        }

        It 'ends no test where nobody can be asked' {
            $rows = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$PSScriptRoot/../../CloudPosture.psd1'; Test-PostureConnection a, b -Detail | Select-Object Connection, Check, Status, Detail, Recommendation | ConvertTo-Json" | ConvertFrom-Json
            $failed = @($rows | Where-Object Status -EQ 2)
            $failed.Connection | Should -Be 'a', 'b'
            $failed.Check | Select-Object -Unique | Should -Be 'Role'
            $failed.Detail | Should -Match 'must confirm this role'
            $failed.Recommendation | Should -Match '-MfaCode'
        }

        It 'sends a code once for all connections that enter the same role' {
            (Invoke-PostureHarvest -Connection a, b -MfaCode 123456 -Service sqs -WarningAction SilentlyContinue).Status | Select-Object -Unique | Should -Be 'Complete'
            'a', 'b' | Test-PostureConnection -MfaCode 234567 -Quiet | Should -Be $true, $true
            $again = Test-PostureConnection a -Detail -MfaCode 234567 | Where-Object Check -EQ Role
            $again.Detail | Should -Match 'MultiFactorAuthentication failed with invalid MFA one time pass code'
            $again.Recommendation | Should -Match '-MfaCode'
        }
    }

    Context 'Errors of one connection' {
        It 'can be silenced, and leave the others: <_>' -ForEach @(
            'Get-PostureConnection nosuch, real', 'Set-PostureConnection nosuch -Note n', 'Test-PostureConnection nosuch, real', 'Remove-PostureConnection nosuch'
            'Enable-PostureConnection nosuch, real', 'Disable-PostureConnection nosuch', '"nosuch", "real" | Test-PostureConnection -Quiet', '"nosuch", "real" | Set-PostureConnection -Note n -PassThru'
            'Invoke-PostureHarvest nosuch, real -Service sqs', '"nosuch", "real" | Invoke-PostureHarvest -Service sqs', 'Get-PostureRule Nope.Nothing', '"Nope.Nothing", "S3.*" | Get-PostureRule'
        ) {
            New-PostureConnection real -ProfileName named | Out-Null
            $problems = $null
            $given = & ([scriptblock]::Create("$_ -ErrorAction SilentlyContinue -ErrorVariable problems; Set-Variable -Name problems -Value `$problems -Scope 1"))
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Match '(Connection|Rule)NotFound'
            if ($_ -match 'real|S3' -and $_ -notmatch 'able-') { $given | Should -Not -BeNullOrEmpty }
        }

        It 'harvests nothing where the pipeline brings nothing' {
            New-PostureConnection real -ProfileName named | Out-Null
            Get-PostureConnection none* | Invoke-PostureHarvest -Service sqs | Should -BeNullOrEmpty
        }
    }
}
