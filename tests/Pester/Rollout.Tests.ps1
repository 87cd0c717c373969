#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# A rollout to an organization, beside what is there already. Each Describe has an organization of its own.

Describe 'A rollout' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 3 -Fault 'service=cloudformation,operation=CreateStackSet,status=403,code=AccessDenied,count=1'
        $keys = $sandbox.Administrator
        $hub = @{ HubAccountId = $sandbox.Management }

        function Get-Write { if (Test-Path -LiteralPath $sandbox.Writes) { @(Get-Content -LiteralPath $sandbox.Writes) -replace '^\d+ ' -replace ' \d+$' } }
        function Get-NewWrite([scriptblock] $Command) {
            $before = @(Get-Write).Count
            & $Command
            @(Get-Write) | Select-Object -Skip $before
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'that failed after the management account had its role says what remains, and ends with one external ID' {
        $rows = @(New-PostureOrganizationRole @hub @keys -RoleName Half -ErrorVariable problem -ErrorAction SilentlyContinue)
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RolloutRemains,*'
        "$($problem[0])" | Should -Match "role arn:aws:iam::$($sandbox.Management):role/Half"
        $rows.AccountId | Should -Be $sandbox.Management

        $again = @(New-PostureOrganizationRole @hub @keys -RoleName Half)
        $again | Should -HaveCount 3
        $again.Succeeded | Should -Not -Contain $false
        $again.ExternalId | Select-Object -Unique | Should -Be $rows[0].ExternalId
    }

    It 'takes over the external ID of the role that the management account has' {
        $role = New-PostureRole @hub @keys -RoleName Before
        $rows = New-PostureOrganizationRole @hub @keys -RoleName Before
        $rows.Succeeded | Should -Not -Contain $false
        $rows.ExternalId | Select-Object -Unique | Should -Be $role.ExternalId
        ($rows | Where-Object AccountId -EQ $sandbox.Management).Status | Should -Be 'Unchanged'
    }

    It 'tells of the management account too where its role was left alone' {
        $role = New-PostureRole @hub @keys -RoleName Apart -MaxSessionDuration 7200
        $rows = New-PostureOrganizationRole @hub @keys -RoleName Apart -WarningAction SilentlyContinue
        $left = $rows | Where-Object AccountId -EQ $sandbox.Management
        $left.Succeeded, $left.Status, $left.ExternalId | Should -Be $false, 'Drifted', $role.ExternalId
        $left.Reason | Should -Match 'longest session.*-Force'
        ($rows | Where-Object AccountId -NE $sandbox.Management).Succeeded | Should -Be $true, $true
    }

    It 'makes no second external ID beside the one that the management account''s role has' {
        $role = New-PostureRole @hub @keys -RoleName Own
        Get-NewWrite { $script:rows = New-PostureOrganizationRole @hub @keys -RoleName Own -ExternalId another-secret -WarningVariable script:warning -WarningAction SilentlyContinue } | Should -BeNullOrEmpty
        $rows.Succeeded, $rows.Status, $rows.ExternalId | Should -Be $false, 'Drifted', $role.ExternalId
        "$warning" | Should -Match 'another external ID.*-Force'
        $forced = New-PostureOrganizationRole @hub @keys -RoleName Own -ExternalId another-secret -Force
        $forced.ExternalId | Select-Object -Unique | Should -Be 'another-secret'
        $forced.Succeeded | Should -Be $true, $true, $true
    }

    Context 'and again' {
        BeforeAll {
            $first = New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture
        }

        It 'changes nothing, and says so' {
            $written = Get-NewWrite { $script:again = New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -Verbose 4>&1 }
            $written | Should -BeNullOrEmpty
            @($again -match 'StackSet.*nothing was changed').Count | Should -Be 1
            $rows = $again | Where-Object AccountId
            $rows | Should -HaveCount 3
            $rows.Succeeded | Should -Not -Contain $false
        }

        It 'leaves a StackSet of another role alone, though both names come to the same' {
            Get-NewWrite {
                { New-PostureOrganizationRole @hub @keys -RoleName Cloud-Posture -Force -ErrorAction Stop } | Should -Throw -ErrorId 'RoleInvalid*' -ExpectedMessage '*rolls out the role Cloud.Posture, not Cloud-Posture*-RoleName*'
            } | Should -BeNullOrEmpty
        }

        It 'leaves the external ID alone without -Force, and replaces it everywhere with it' {
            $written = Get-NewWrite { $script:rows = New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -ExternalId another-secret -WarningVariable script:warning -WarningAction SilentlyContinue }
            $written | Should -BeNullOrEmpty
            $rows | Should -HaveCount 3
            $rows.Status | Select-Object -Unique | Should -Be 'Drifted'
            $rows.Succeeded | Should -Not -Contain $true
            $rows.ExternalId | Select-Object -Unique | Should -Be $first[0].ExternalId
            "$warning" | Should -Match 'the external ID.*-Force'

            $forced = New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -ExternalId another-secret -Force
            $forced.Succeeded | Should -Not -Contain $false
            $forced.ExternalId | Select-Object -Unique | Should -Be 'another-secret'
            (New-PostureConnection -Name forced -MemberRole Cloud.Posture -ExternalId another-secret @keys | Invoke-PostureHarvest -Service s3).Status | Should -Be 'Complete', 'Complete', 'Complete'
        }

        It 'changes the description in all accounts with -Force' {
            (New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -Description 'Another one' -WarningAction SilentlyContinue).Status | Should -Be 'Drifted', 'Drifted', 'Drifted'
            $rows = New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -Description 'Another one' -Force
            $rows.Succeeded | Should -Be $true, $true, $true
            (New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -Description 'Another one').Succeeded | Should -Be $true, $true, $true
        }

        It 'refuses another path before it changes anything, and says what to do' {
            Get-NewWrite {
                { New-PostureOrganizationRole @hub @keys -RoleName Cloud.Posture -RolePath /audit/ -ExcludeManagementAccount -Force -ErrorAction Stop } | Should -Throw -ErrorId 'RoleInvalid*' -ExpectedMessage "*path '/'*-RolePath '/'*remove*"
            } | Should -BeNullOrEmpty
        }

        It 'reaches units that come to it, and tries accounts again that failed' {
            $null = New-PostureRole @hub @keys -RoleName Later
            $rows = New-PostureOrganizationRole @hub @keys -RoleName Later -OrganizationalUnitId $first[1].OrganizationalUnit
            $rows | Should -HaveCount 2
            $written = Get-NewWrite { $script:all = New-PostureOrganizationRole @hub @keys -RoleName Later }
            $written | Should -Be 'cloudformation:CreateStackInstances'
            $all | Should -HaveCount 3
        }
    }

    It 'goes to the partition''s home Region whatever the profile says, and finds a StackSet that is elsewhere' {
        $env:AWS_REGION = 'eu-west-1'
        try {
            $told = New-PostureOrganizationRole @hub @keys -RoleName Home -Verbose 4>&1
            @($told -match 'StackSet Home is to be in us-east-1').Count | Should -Be 1
            ($told | Where-Object AccountId).Succeeded | Should -Not -Contain $false

            (New-PostureOrganizationRole @hub @keys -RoleName Away -Region eu-west-1).Succeeded | Should -Not -Contain $false
            Get-NewWrite { $script:again = New-PostureOrganizationRole @hub @keys -RoleName Away } | Should -BeNullOrEmpty
            $again.Succeeded | Should -Not -Contain $false
            { New-PostureOrganizationRole @hub @keys -RoleName Away -Region us-east-1 -ErrorAction Stop } | Should -Throw '*is in eu-west-1*'
        }
        finally { $env:AWS_REGION = 'us-east-1' }
    }

    It 'fits its output to New-PostureConnection' {
        $connections = New-PostureOrganizationRole @hub @keys -RoleName Half | New-PostureConnection -Name { "half-$($_.AccountId)" }
        $connections | Should -HaveCount 3
        ($connections | Invoke-PostureHarvest -Service s3).Status | Should -Be 'Complete', 'Complete', 'Complete'
    }

    It 'sends more units than 50 in parts, which a template cannot' {
        $units = 1..60 | ForEach-Object { 'ou-abcd-{0:d8}' -f $_ }
        { New-PostureOrganizationRole @hub @keys -RoleName Many -OrganizationalUnitId $units -ErrorAction Stop } | Should -Throw '*does not exist*'
        { Export-PostureTemplate CloudFormationStackSet @hub -OrganizationalUnitId $units } | Should -Throw '*at most 50*'
    }
}

Describe 'A rollout whose operation fails as a whole' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 3 -Fault 'kind=FailedOperation,service=cloudformation,operation=UpdateStackSet,count=1', 'kind=FailedOperation,service=cloudformation,operation=CreateStackInstances,count=1'
        $keys = $sandbox.Administrator
        $hub = @{ HubAccountId = $sandbox.Management }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'says so with the reason, goes no further, and is taken up by the next run' {
        $rows = @(New-PostureOrganizationRole @hub @keys -ErrorVariable problem -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RolloutRemains,*'
        "$($problem[0])" | Should -Match 'CREATE.*FAILED: The sandbox was told to fail\..*StackSet CloudPosture-ReadOnly'
        ($rows | Where-Object AccountId -NE $sandbox.Management) | Should -HaveCount 2
        ($rows | Where-Object AccountId -NE $sandbox.Management).Succeeded | Should -Not -Contain $true
        (New-PostureOrganizationRole @hub @keys).Succeeded | Should -Be $true, $true, $true

        $before = @(Get-Content -LiteralPath $sandbox.Writes).Count
        $null = New-PostureOrganizationRole @hub @keys -MaxSessionDuration 7200 -Force -ErrorVariable problem -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$($problem[0])" | Should -Match 'UPDATE.*FAILED: The sandbox was told to fail'
        @(Get-Content -LiteralPath $sandbox.Writes | Select-Object -Skip $before) -match 'CreateStackInstances' | Should -BeNullOrEmpty
        (New-PostureOrganizationRole @hub @keys -MaxSessionDuration 7200).Succeeded | Should -Be $true, $true, $true
    }
}

Describe 'A hub and its readers' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox
        $keys = $sandbox.Administrator
        $hub = @{ HubAccountId = $sandbox.Management }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'of an organization need the hub first, and say so' {
        $rolledOut = { New-PostureOrganizationRole ElasticOrganization @hub @keys -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'RoleInvalid*' -PassThru
        "$rolledOut" | Should -BeLike '*cloudbeat-root*not there*-IncludeHub*'
        $made = { New-PostureRole ElasticOrganization @hub @keys -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'RoleInvalid*' -PassThru
        "$made" | Should -BeLike '*cloudbeat-root*not there*-Part Hub*'
    }

    It 'are made in one go, and -WhatIf lists both' {
        $transcript = Join-Path $TestDrive 'hub.txt'
        Start-Transcript -LiteralPath $transcript | Out-Null
        try { New-PostureOrganizationRole ElasticOrganization @hub @keys -IncludeHub -WhatIf -WarningAction SilentlyContinue | Should -BeNullOrEmpty } finally { Stop-Transcript | Out-Null }
        Get-Content -LiteralPath $transcript -Raw | Should -Match '(?s)Create the role cloudbeat-root.*Create the role cloudbeat-securityaudit.*Create the StackSet'

        $rows = New-PostureOrganizationRole ElasticOrganization @hub @keys -IncludeHub -WarningAction SilentlyContinue
        $rows | Should -HaveCount 2
        $rows.Succeeded | Should -Not -Contain $false
        (Get-PostureRole cloudbeat-root @keys).TrustedPrincipals | Should -Match 'ec2'
    }

    It 'have one path, boundary and tags, and the hub enters the readers by their own name' {
        $rows = New-PostureOrganizationRole @hub @keys -IncludeHub -RoleName Spoke -RolePath /audit/ -Tag @{ team = 'blue' }
        $rows.Succeeded | Should -Not -Contain $false
        $made = Get-PostureRole CloudPosture-Hub @keys
        $made.RoleArn | Should -Be "arn:aws:iam::$($sandbox.Management):role/audit/CloudPosture-Hub"
        New-PostureConnection -Name hub -RoleArn $made.RoleArn -HubExternalId $made.ExternalId -MemberRole audit/Spoke -ExternalId $rows[0].ExternalId | Out-Null
        (Invoke-PostureHarvest hub -Service s3).Status | Should -Be 'Complete', 'Complete'
    }

    It 'that would not trust one another are refused' {
        { New-PostureOrganizationRole -HubAccountId 999988887777 @keys -IncludeHub -ErrorAction Stop } | Should -Throw "*management account, $($sandbox.Management)*999988887777*"
        { Export-PostureTemplate CloudFormationStackSet -HubAccountId 999988887777 -IncludeHub -TrustedPrincipal 111122223333 } | Should -Throw '*-TrustedPrincipal*'
        { Export-PostureTemplate CloudFormationStackSet -HubAccountId 999988887777 -IncludeHub -AccountId 111122223333 } | Should -Throw '*999988887777*'
    }

    It 'can be named where one is made by itself' {
        $null = New-PostureRole @hub @keys -Part Hub -RoleName TeamHub -ReaderRoleName TeamReader -ReaderRolePath /team/ -NoWait -WarningAction SilentlyContinue
        (Export-PostureTemplate CloudFormation @hub -Part Hub -RoleName TeamHub -ReaderRoleName TeamReader -ReaderRolePath /team/ -WarningAction SilentlyContinue) -join "`n" | Should -Match ':role/team/TeamReader'
        { New-PostureRole @hub @keys -ReaderRoleName x -ErrorAction Stop } | Should -Throw '*-Part Hub*'
    }

    It 'of a template agree' {
        $text = (Export-PostureTemplate CloudFormationStackSet @hub -IncludeHub -RoleName Spoke -RolePath /audit/ -Tag @{ team = 'blue' } -PermissionsBoundary arn:aws:iam::aws:policy/ReadOnlyAccess -OrganizationalUnitId r-ab12) -join "`n"
        $text | Should -Match ':role/audit/Spoke'
        $text | Should -Not -Match ':role/CloudPosture-ReadOnly'
        $resource = [regex]::Match($text, '(?ms)^  HubRole:.*?(?=^  \w|^\w)').Value
        $resource | Should -Match 'Path: /audit/'
        $resource | Should -Match 'PermissionsBoundary'
        $resource | Should -Match 'team'
        $text | Should -Match "Description: .*$($sandbox.Management).*CAPABILITY_NAMED_IAM.*activate-organizations-access"
    }
}

Describe 'What makes no sense in a template' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
        $hub = @{ HubAccountId = '111122223333' }
    }

    It 'is refused with what to do: <With.Keys>' -ForEach @(
        @{ With = @{ Format = 'Bash'; OrganizationalUnitId = 'r-ab12' }; Message = '*-OrganizationalUnitId*CloudFormationStackSet*' }
        @{ With = @{ Format = 'CloudFormation'; IncludeHub = $true }; Message = '*-IncludeHub*CloudFormationStackSet*-Part Hub*' }
        @{ With = @{ Format = 'Terraform'; ExcludeManagementAccount = $true }; Message = '*-ExcludeManagementAccount*CloudFormationStackSet*' }
        @{ With = @{ Format = 'CloudFormationStackSet'; Part = 'Hub' }; Message = '*-Part*-IncludeHub*' }
        @{ With = @{ Format = 'CloudFormationStackSet'; Vendor = 'ElasticCloudConnector'; Suffix = 'a'; Partition = 'aws-us-gov' }; Message = '*cloud_connectors*another partition*' }
    ) {
        { Export-PostureTemplate @hub @With -ErrorAction Stop } | Should -Throw $Message
    }

    It 'says which capability it takes: <_>' -ForEach 'CloudFormation', 'CloudFormationJson', 'CloudFormationStackSet' {
        (Export-PostureTemplate $_ @hub) -join "`n" | Should -Match 'Description.*CAPABILITY_NAMED_IAM'
    }
}
