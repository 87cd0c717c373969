#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'From connection to findings' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Planted -Accounts 3
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $harvest = Invoke-PostureHarvest -Connection org
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'gives one complete summary an account' {
        $harvest.Count | Should -Be 3
        $harvest.Status | Select-Object -Unique | Should -Be 'Complete'
    }

    It 'finds exactly as many faults as were planted, and could assess everything' {
        @(Get-PostureFinding -Status Fail).Count | Should -Be $sandbox.Planted
        Get-PostureFinding -Status NotAssessed | Should -BeNullOrEmpty
    }

    It 'reads the other services where one cannot be reached, says what to do, and reads it when it can be' {
        $env:AWS_ENDPOINT_URL_ACCESSANALYZER = 'http://127.0.0.1:1'
        try {
            $blocked = Invoke-PostureHarvest -Connection org -Account $harvest[-1].AccountId -Service accessanalyzer, sns, sqs -WarningVariable warned -WarningAction SilentlyContinue
        }
        finally {
            $env:AWS_ENDPOINT_URL_ACCESSANALYZER = $null
        }

        $blocked.Status, $blocked.Services | Should -Be 'Incomplete', 2
        $warned | Should -Match 'accessanalyzer in .*cannot be reached.*-Resume'
        $resumed = Invoke-PostureHarvest -Resume -HarvestId $blocked.HarvestId
        $resumed.Status, $resumed.Services, $resumed.Gaps | Should -Be 'Complete', 3, 0
    }

    It 'takes no account of the organization for a third party when it reads one alone' {
        $alone = Invoke-PostureHarvest -Connection org -Account $harvest[-1].AccountId
        $alone.Failed | Should -Be $harvest[-1].Failed
    }

    It 'finds failures and passes in each account' {
        foreach ($account in $harvest) {
            $failed = @($account | Get-PostureFinding -Status Fail)
            $failed.Count | Should -Be $account.Failed
            $failed.Count | Should -BeGreaterThan 0
        }
    }

    It 'filters findings with wildcards' {
        $found = Get-PostureFinding -Rule S3.* -Status Fail -Region eu-*, us-*, global
        $found | Should -Not -BeNullOrEmpty
        $found.RuleId | ForEach-Object { $_ | Should -BeLike 'S3.*' }
    }

    It 'leads from a finding to its resource' {
        $finding = Get-PostureFinding -Rule EC2.VolumeEncryption -Status Fail | Select-Object -First 1
        ($finding | Get-PostureResource).ResourceArn | Should -Be $finding.ResourceArn
    }

    It 'shows configuration with the names of the AWS CLI' {
        $configuration = (Get-PostureResource AWS::EC2::Volume | Select-Object -First 1).Configuration
        $configuration.VolumeId | Should -Match '^vol-'
        $configuration.Size | Should -BeOfType [long]
    }

    It 'exports findings without a collection type in a cell' {
        Get-PostureFinding | Select-Object -First 50 | ConvertTo-Csv -NoTypeInformation | Out-String | Should -Not -Match 'System\.'
    }

    It 'answers benchmarks by requirement' {
        $requirements = Get-PostureBenchmark cis-aws-foundations-7.0.0 -Detail
        $requirements.Count | Should -BeGreaterThan 60
        $requirements.Status | Should -Contain 'Fail'
    }

    It 'lists the harvest, with its calls by operation' {
        (Get-PostureHarvest -Newest 1).Status | Should -Be 'Complete'
        $calls = Get-PostureHarvest -Newest 1 -Detail
        ($calls | Where-Object AccountId | Measure-Object -Property Calls -Sum).Sum | Should -Be (Get-PostureHarvest -Newest 1).Calls
        ($calls | Where-Object AccountId -EQ '' | Measure-Object -Property Calls -Sum).Sum | Should -Be (Get-PostureHarvest -Newest 1).ConnectionCalls
        ($calls | Where-Object AccountId -EQ '').Operation | Should -Contain 'GetCallerIdentity'
    }

    It 'harvests nothing with -WhatIf' {
        $before = @(Get-PostureHarvest).Count
        Invoke-PostureHarvest -Connection org -WhatIf
        @(Get-PostureHarvest).Count | Should -Be $before
    }

    It 'tells with -WhatIf what the harvest is going to cost' {
        Start-Transcript -Path "$TestDrive/whatif.txt" | Out-Null
        Invoke-PostureHarvest -Connection org -WhatIf
        Stop-Transcript | Out-Null
        "$TestDrive/whatif.txt" | Should -FileContentMatch '3 accounts through org \(about [\d,.]+ calls, \d\d:\d\d:\d\d of reading'
    }

    It 'joins the shards of a harvest, and names those that are missing' {
        $id = '20260101T000000Z-shards'
        Invoke-PostureHarvest -Connection org -HarvestId $id -ShardIndex 0 -ShardCount 2 -Service sts | Out-Null
        Complete-PostureHarvest $id -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing[0].Exception.Message | Should -Match 'not complete: 1'
        Invoke-PostureHarvest -Connection org -HarvestId $id -ShardIndex 1 -ShardCount 2 -Service sts | Out-Null
        (Complete-PostureHarvest $id).Status | Should -Be 'Complete'
    }

    It 'honours what Set-AWSCredential and Set-DefaultAWSRegion store in the session' {
        $key, $secret = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY
        Remove-Item env:AWS_ACCESS_KEY_ID, env:AWS_SECRET_ACCESS_KEY
        try {
            $password = [securestring]::new()
            $secret.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            $StoredAWSCredentials = [pscredential]::new($key, $password)
            $StoredAWSRegion = 'eu-west-1'
            $said = Test-PostureConnection -Name org -Verbose -Debug *>&1
            $said -match 'Set-AWSCredential stored' | Should -Not -BeNullOrEmpty
            $said -match 'eu-west-1, which Set-DefaultAWSRegion' | Should -Not -BeNullOrEmpty
            Test-PostureConnection -Name org -Quiet | Should -BeTrue
        }
        finally {
            $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $key, $secret
        }
    }

    It 'refuses a <Name> that is not there' -ForEach @(
        @{ Name = 'connection'; Command = { Invoke-PostureHarvest -Connection nope -ErrorAction Stop }; Id = 'ConnectionNotFound*' }
        @{ Name = 'service'; Command = { Invoke-PostureHarvest -Connection org -Service nope }; Id = 'ServiceNotFound*' }
        @{ Name = 'Region'; Command = { Invoke-PostureHarvest -Connection org -Region nope }; Id = 'RegionNotFound*' }
        @{ Name = 'rule'; Command = { Get-PostureRule Nope.Nothing -ErrorAction Stop }; Id = 'RuleNotFound*' }
        @{ Name = 'benchmark'; Command = { Get-PostureFinding -Benchmark nope -ErrorAction Stop }; Id = 'BenchmarkNotFound*' }
    ) {
        $Command | Should -Throw -ErrorId $Id
    }

    It 'ends early when the pipeline has enough, and resumes' {
        Invoke-PostureHarvest -Connection org -ThrottleLimit 1 | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        (Get-PostureHarvest -Newest 1).Status | Should -Be 'Incomplete'
        Invoke-PostureHarvest -Resume | Out-Null
        (Get-PostureHarvest -Newest 1).Status | Should -Be 'Complete'
    }

    It 'tells of each check of a connection how it went' {
        $checks = Test-PostureConnection -Name org -Detail
        $checks.Check | Should -Contain 'Organization'
        $checks | Where-Object Status -EQ Failed | Should -BeNullOrEmpty
        Test-PostureConnection -Name org -Quiet | Should -BeTrue
    }

    It 'tells in one line of what works with a connection, and in one each of what does not' {
        $checks = Test-PostureConnection -Name org -Detail
        $well, $rest = $checks.Where({ $_.Status -in 'Passed', 'Skipped' }, 'Split')
        $brief = @(Test-PostureConnection -Name org)
        $brief.Count | Should -Be (1 + $rest.Count)
        $brief[0].Status | Should -Be 'Passed'
        $brief[0].Covers -split '; ' | Should -Be $well.Check
        $brief[0].Detail | Should -Match "^Account $($sandbox.Management) is reached as arn:.* 3 accounts are covered now\. The external ID is enforced\. \d+ services can be read\."
        ($brief | Select-Object -Skip 1).Check | Should -Be $rest.Check
        New-PostureConnection -Name single -RoleArn "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)" -ExternalId $sandbox.ExternalId -CredentialSource Default -Service s3 | Out-Null
        $one = @(Test-PostureConnection single)
        $one.Check | Should -Be 'All'
        $one.Detail | Should -Match '1 services can be read'
        Remove-PostureConnection single
    }

    It 'says what to do about a role that cannot be entered' {
        New-PostureConnection -Name closed -RoleArn "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)" -ExternalId wrong-one -CredentialSource Default | Out-Null
        # A connection made just now is waited for.
        $file = Join-Path $env:CLOUDPOSTURE_HOME 'connections.json'
        (Get-Content -LiteralPath $file -Raw) -replace '"created": "20', '"created": "19' | Set-Content -LiteralPath $file
        Test-PostureConnection closed -Quiet | Should -BeFalse
        $told = @(Test-PostureConnection closed)
        ($told | Where-Object Status -EQ Failed).Recommendation | Should -Not -BeNullOrEmpty
        $told[0].Check | Should -Be 'All others'
        $told[0].Detail | Should -Not -Match 'services can be read|is enforced'
        Remove-PostureConnection closed
    }

    It 'imports the accounts of an organization' {
        Import-PostureConnection -Organization org -WhatIf
        @(Get-PostureConnection).Count | Should -Be 1
        $imported = Import-PostureConnection -Organization org
        $imported.Count | Should -Be 3
        ($imported | Test-PostureConnection -Quiet) | Should -Not -Contain $false
        $imported | Remove-PostureConnection
    }

    It 'imports the profiles that enter roles' {
        Set-Content -Path "$TestDrive/config" -Value '[profile spoke]', 'role_arn = arn:aws:iam::111122223333:role/Reader', 'source_profile = base', '[profile base]'
        (Import-PostureConnection -Path "$TestDrive/config").Name | Should -Be 'spoke'
        Remove-PostureConnection spoke
    }

    It 'keeps a secret key out of the file of connections' {
        New-PostureConnection -Name keys -AccessKey AKIAIOSFODNN7EXAMPLE -SecretKey marked-secret-0123456789 | Out-Null
        Get-ChildItem -Path $env:CLOUDPOSTURE_HOME -Recurse -File | Select-String -Pattern 'marked-secret' -SimpleMatch | Should -BeNullOrEmpty
    }

    It 'disables, enables and removes a connection' {
        New-PostureConnection -Name gone -CredentialSource Default | Out-Null
        (Disable-PostureConnection gone -PassThru).Enabled | Should -BeFalse
        (Enable-PostureConnection gone -PassThru).Enabled | Should -BeTrue
        (Set-PostureConnection gone -Note 'a word' -PassThru).Notes | Should -Be 'a word'
        Remove-PostureConnection gone -WhatIf
        Get-PostureConnection gone | Should -Not -BeNullOrEmpty
        Remove-PostureConnection gone
        { Get-PostureConnection gone -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotFound*'
    }

    It 'finds our own policy clean and another wanting' {
        Get-PosturePolicy -AsDocument | Test-PosturePolicy -Quiet | Should -BeTrue
        (Test-PosturePolicy '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}').Kind | Should -Be 'CustomerData'
    }
}
