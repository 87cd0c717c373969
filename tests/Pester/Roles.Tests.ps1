#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Roles and policies' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox
        $keys = $sandbox.Administrator
        $hub = @{ HubAccountId = $sandbox.Management }

        function Get-Write { if (Test-Path -LiteralPath $sandbox.Writes) { Get-Content -LiteralPath $sandbox.Writes } }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    Context 'What -WhatIf does' {
        It 'writes nothing and tells each change: <Name>' -ForEach @(
            @{ Name = 'New-PostureRole'; Command = { New-PostureRole @hub @keys -RoleName WhatIf -WhatIf } }
            @{ Name = 'Remove-PostureRole'; Command = { Remove-PostureRole CloudPostureReadOnly @keys -WhatIf } }
            @{ Name = 'New-PostureOrganizationRole'; Command = { New-PostureOrganizationRole @hub @keys -WhatIf } }
        ) {
            $before = @(Get-Write).Count
            $transcript = Join-Path $TestDrive "$Name.txt"
            Start-Transcript -LiteralPath $transcript | Out-Null
            try { & $Command | Should -BeNullOrEmpty } finally { Stop-Transcript | Out-Null }
            @(Get-Write).Count | Should -Be $before
            @(Select-String -LiteralPath $transcript -SimpleMatch 'What if:').Count | Should -BeGreaterThan 1
        }
    }

    Context 'A role from its making to its end' {
        It 'is made, connects, passes its test, and harvests' {
            $role = New-PostureRole @hub @keys -RoleName Reader -Tag @{ team = 'red + blue' }
            $role.Outcome, $role.Assumable | Should -Be 'Created', $true
            $role.ExternalId | Should -Match '^[\w+=,.@:/-]{20,}$'
            $role.ManagedPolicies | Should -Match 'SecurityAudit'
            $connection = $role | New-PostureConnection -Name reader
            $connection.RoleArn, $connection.ExternalId | Should -Be $role.RoleArn, $role.ExternalId
            ($connection | Test-PostureConnection -Detail).Status | Should -Not -Contain 'Failed'
            ($connection | Invoke-PostureHarvest -Service s3).Status | Should -Be 'Complete'
        }

        It 'is left as it is by a second run, which says so' {
            $before = @(Get-Write).Count
            $again = New-PostureRole @hub @keys -RoleName Reader -Tag @{ team = 'red + blue' } -Verbose 4>&1
            @($again -match 'nothing was changed').Count | Should -Be 1
            ($again | Where-Object RoleName).Outcome | Should -Be 'Unchanged'
            @(Get-Write).Count | Should -Be $before
        }

        It 'is only repaired with -Force where it differs' {
            $before = @(Get-Write).Count
            $drifted = New-PostureRole @hub @keys -RoleName Reader -MaxSessionDuration 7200 -WarningVariable warning -WarningAction SilentlyContinue
            $drifted.Outcome | Should -Be 'Drifted'
            $drifted.Changes | Should -Match 'longest session'
            "$warning" | Should -Match 'left alone.*-Force'
            @(Get-Write).Count | Should -Be $before
            (New-PostureRole @hub @keys -RoleName Reader -MaxSessionDuration 7200 -Force).Outcome | Should -Be 'Repaired'
            (Get-PostureRole Reader @keys).MaxSessionDuration | Should -Be 7200
        }

        It 'is removed with the policies that only it used, and then is not there' {
            Remove-PostureRole Reader @keys -Confirm:$false
            { Get-PostureRole Reader @keys -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound*'
            Get-PostureRole * @keys | Where-Object RoleName -EQ Reader | Should -BeNullOrEmpty
        }
    }

    Context 'Several roles to remove' {
        It 'are removed though one cannot be, which says why and what to do' {
            New-PostureRole @hub @keys -RoleName Doomed -NoWait | Out-Null
            $before = @(Get-Write).Count
            Remove-PostureRole app-server, nobody, Doomed @keys -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
            Get-PostureRole * @keys | Where-Object RoleName -EQ Doomed | Should -BeNullOrEmpty
            Get-PostureRole app-server @keys | ForEach-Object ManagedPolicies | Should -Match 'AmazonSSM'
            @(Get-Write)[$before..999] -match 'app-server' | Should -BeNullOrEmpty
            $kept = $problem | Where-Object FullyQualifiedErrorId -Like 'RoleNotRemovable*'
            $kept.TargetObject | Should -Be 'app-server'
            $kept.Exception.Message | Should -BeLike "*instance profile 'app-server'*"
            $kept.ErrorDetails.RecommendedAction | Should -BeLike '*remove-role-from-instance-profile --instance-profile-name app-server --role-name app-server*'
            @($problem | Where-Object FullyQualifiedErrorId -Like 'ItemNotFound*').Count | Should -BeGreaterThan 0
        }

        It 'tell it with -WhatIf too' {
            Remove-PostureRole app-server @keys -WhatIf -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'RoleNotRemovable*'
        }
    }

    Context 'A role for EC2 instances' {
        It 'gets an instance profile, shows it, and takes it along' {
            New-PostureRole Cartography -Part Hub @keys -NoWait | ForEach-Object InstanceProfiles | Should -Be 'cartography-service'
            (Get-PostureRole cartography-service @keys).InstanceProfiles | Should -Be 'cartography-service'
            (New-PostureRole Cartography -Part Hub @keys -NoWait).Outcome | Should -Be 'Unchanged'
            Remove-PostureRole cartography-service @keys -Confirm:$false
            (New-PostureRole Cartography -Part Hub @keys -NoWait).Outcome | Should -Be 'Created'
        }

        It 'has none where EC2 is not trusted' {
            (New-PostureRole @hub @keys -RoleName Plain -NoWait).InstanceProfiles | Should -BeNullOrEmpty
        }
    }

    Context 'What differs and cannot be repaired' {
        It 'is told: the description of a policy' {
            New-PostureRole @hub @keys -RoleName Described -NoWait | Out-Null
            $again = New-PostureRole @hub @keys -RoleName Described -Description 'Another' -Force -NoWait -WarningVariable warning -WarningAction SilentlyContinue
            $again.Outcome | Should -Be 'Repaired'
            "$warning" | Should -Match 'keeps its description'
            Remove-PostureRole Described, Plain @keys -Confirm:$false
        }
    }

    Context 'A role for a whole organization' {
        It 'reaches every account, the management account included, and tells how it goes' {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$((Resolve-Path "$PSScriptRoot/../../CloudPosture.psd1").Path)'").AddStatement()
                $null = $shell.AddCommand('New-PostureOrganizationRole').AddParameters($hub).AddParameters($keys).AddParameter('RoleName', 'Everywhere').AddParameter('Confirm', $false)
                $roles = @($shell.Invoke())
                $shell.Streams.Error | Should -BeNullOrEmpty
                @($shell.Streams.Progress).Count | Should -BeGreaterThan 0
            }
            finally { $shell.Dispose() }

            $roles | Should -HaveCount 2
            $roles.AccountId | Should -Contain $sandbox.Management
            $roles.Succeeded | Should -Not -Contain $false
            $roles.ExternalId | Select-Object -Unique | Should -HaveCount 1
            New-PostureConnection -Name everywhere -MemberRole Everywhere -ExternalId $roles[0].ExternalId | Out-Null
            (Invoke-PostureHarvest everywhere -Service s3).Status | Should -Be 'Complete', 'Complete'
        }

        It 'changes nothing the second time, and keeps the external ID' {
            $first = (Get-PostureRole Everywhere @keys).ExternalId
            $again = New-PostureOrganizationRole @hub @keys -RoleName Everywhere -Confirm:$false
            $again.ExternalId | Select-Object -Unique | Should -Be $first
            $again.Succeeded | Should -Not -Contain $false
        }

        It 'refuses a unit that is none, before any call' {
            $before = @(Get-Write).Count
            { New-PostureOrganizationRole @hub @keys -OrganizationalUnitId 'ou-1-2' -ErrorAction Stop } | Should -Throw -ErrorId 'RoleInvalid*'
            @(Get-Write).Count | Should -Be $before
        }
    }

    Context 'What is refused before any call' {
        It '<What>' -ForEach @(
            @{ What = 'trust in everybody'; With = @{ TrustedPrincipal = '*' }; Message = '*' }
            @{ What = 'a name of 65 characters'; With = @{ HubAccountId = '111122223333'; RoleName = 'a' * 65 }; Message = '*64*' }
            @{ What = 'a name with a space'; With = @{ HubAccountId = '111122223333'; RoleName = 'a b' }; Message = '*role name*a b*' }
            @{ What = 'an external ID of one character'; With = @{ HubAccountId = '111122223333'; ExternalId = 'x' }; Message = '*external ID*2*1,224*' }
            @{ What = 'an account of 11 digits'; With = @{ HubAccountId = '11112222333' }; Message = '*12 digits*' }
            @{ What = 'a session of ten minutes'; With = @{ HubAccountId = '111122223333'; MaxSessionDuration = 600 }; Message = '*3,600*43,200*' }
            @{ What = 'a principal of no known form'; With = @{ TrustedPrincipal = 'arn:aws:sts::111122223333:role/x' }; Message = '*assumed-role*' }
            @{ What = 'a boundary of another account'; With = @{ HubAccountId = '111122223333'; AccountId = '111122223333'; PermissionsBoundary = 'arn:aws:iam::444455556666:policy/x' }; Message = '*444455556666*' }
            @{ What = 'a boundary of 2,049 characters'; With = @{ HubAccountId = '111122223333'; PermissionsBoundary = 'arn:aws:iam::aws:policy/' + 'x' * 2025 }; Message = '*2,048*' }
            @{ What = 'tags that differ in case alone'; With = @{ HubAccountId = '111122223333'; Tag = & { $tag = [hashtable]::new(); $tag['Team'] = 'a'; $tag['team'] = 'b'; $tag } }; Message = '*case alone*' }
            @{ What = 'a path without slashes'; With = @{ HubAccountId = '111122223333'; RolePath = 'x' }; Message = '*path*' }
        ) {
            $before = @(Get-Write).Count
            $problem = { New-PostureRole @With @keys -ErrorAction Stop } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'RoleInvalid,*'
            $problem.Exception.Message | Should -BeLike $Message
            @(Get-Write).Count | Should -Be $before
        }
    }

    Context 'What policies grant' {
        It 'finds nothing in a role of our own' {
            New-PostureRole @hub @keys -RoleName Clean -NoWait | Test-PosturePolicy @keys | Should -BeNullOrEmpty
            Get-PostureRole Clean @keys | Test-PosturePolicy @keys -Quiet | Should -BeTrue
        }

        It 'looks through every policy of a vendor''s role and says which it is' {
            $role = New-PostureRole InsightVM -ExternalId a1b2c3d4 @keys -NoWait -WarningAction SilentlyContinue
            $issues = $role | Test-PosturePolicy @keys
            @($issues | Where-Object Kind -EQ CustomerData).Count | Should -Be 5
            $issues.RoleName | Select-Object -Unique | Should -Be $role.RoleName
            $issues.Source | ForEach-Object { $_ | Should -Match '^arn:aws:iam::\d{12}:policy/|^[\w-]+$' }
            $role | Test-PosturePolicy @keys -Quiet | Should -BeFalse
        }

        It 'tells a role that is not there' {
            { Test-PosturePolicy -RoleName nobody @keys -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound*'
        }
    }

    Context 'Policies in files' {
        BeforeAll {
            Set-Content -LiteralPath (Join-Path $TestDrive 'p1.json') -Value '{"Statement":{"Effect":"allow","Action":"s3:*","Resource":"*"}}'
            $files = @{ Missing = Join-Path $TestDrive 'nope.json'; Present = Join-Path $TestDrive 'p1.json' }
        }

        It 'are looked through though one is missing: -<Parameter>' -ForEach @{ Parameter = 'Path' }, @{ Parameter = 'LiteralPath' } {
            $paths = @{ $Parameter = $files.Missing, $files.Present }
            $issues = Test-PosturePolicy @paths -ErrorVariable problem -ErrorAction SilentlyContinue
            $issues.Kind | Should -Be 'Malformed'
            $issues.Source | Should -Be $files.Present
            @($problem | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) | Should -HaveCount 1
            $problem[0].TargetObject | Should -Be $files.Missing
            $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $problem[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'tell what NotAction reaches' {
            $issue = Test-PosturePolicy '{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}'
            $issue.ReachCount | Should -BeGreaterThan 1000
            $issue.Reaches | Should -Match 'ec2:RunInstances'
            $issue.Reaches | Should -Not -Match 'iam:'
        }
    }

    Context 'What is handed over' {
        It 'tells the external ID that it was given, with the file' {
            $all = @(Export-PostureTemplate Bash -HubAccountId 111122223333 -Path (Join-Path $TestDrive "role.sh") -Verbose 4>&1)
            $file = $all | Where-Object { $_ -is [IO.FileInfo] }
            $file.RoleName | Should -Be 'CloudPosture-ReadOnly'
            $file.ExternalId | Should -Match '^[0-9a-f]{40}$'
            Get-Content -Raw -LiteralPath $file.FullName | Should -Match "External ID: $($file.ExternalId)"
            @($all -match $file.ExternalId).Count | Should -Be 1
        }

        It 'is made as <Format> for <Vendor>' -ForEach @(
            foreach ($vendor in 'CloudPosture', 'InsightVM', 'Cyscale', 'ElasticCloudConnector', 'ElasticOrganization', 'Cartography') {
                foreach ($format in 'CloudFormation', 'CloudFormationStackSet', 'Terraform', 'Bash', 'Cmd', 'WindowsPowerShell', 'PowerShell', 'Console') {
                    @{ Vendor = $vendor; Format = $format }
                }
            }
        ) {
            $given = @{ Vendor = $Vendor; Format = $Format; ExternalId = '0123456789abcdef01234567'; WarningAction = 'SilentlyContinue' }
            if ($Vendor -in 'CloudPosture', 'ElasticOrganization', 'Cartography') { $given.HubAccountId = '111122223333' }
            if ($Vendor -eq 'ElasticCloudConnector') { $given.ExternalId = 'ElasticResourceId-0b5e5a2c-6f0e-4f7e-9d5c-1f2e3d4c5b6a'; $given.Suffix = 'a1b2' }
            if ($Format -eq 'CloudFormationStackSet') { $given.OrganizationalUnitId = 'r-ab12' }
            $text = (Export-PostureTemplate @given) -join "`n"
            $text | Should -Match 'SecurityAudit|ReadOnly|sts:AssumeRole'
            if ($Format -in 'PowerShell', 'WindowsPowerShell') {
                $problems = $null
                $null = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $problems)
                $problems | Should -BeNullOrEmpty
            }
        }
    }
}

Describe 'Roles when IAM fails half-way' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        # The second attachment of a role's life fails, then the removal of what stands is refused too, each once.
        $sandbox = Start-Sandbox -Fault 'service=iam,operation=AttachRolePolicy,status=400,code=LimitExceeded,count=2',
            'service=iam,operation=DeleteRole,status=409,code=DeleteConflict,count=1'
        $keys = $sandbox.Administrator
        $role = @{ HubAccountId = $sandbox.Management; RoleName = 'Half' }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'says what remains where the undoing fails, takes it up, undoes the next failure, and ends whole' {
        { New-PostureRole @role @keys -ErrorAction Stop } | Should -Throw -ErrorId 'RoleChangeRemains*'
        $remains = Get-PostureRole Half @keys
        $remains.RoleName | Should -Be 'Half'

        { New-PostureRole @role @keys -Force -ErrorAction Stop } | Should -Throw -ErrorId 'RoleChange*'
        (New-PostureRole @role @keys -Force).Assumable | Should -BeTrue
        (Get-PostureRole Half @keys).ManagedPolicies | Should -Match 'SecurityAudit'
        Remove-PostureRole Half @keys -Confirm:$false
        Get-PostureRole * @keys | Where-Object RoleName -EQ Half | Should -BeNullOrEmpty
    }
}

Describe 'What errors of roles advise' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Fault 'service=iam,operation=ListRoles,status=403,code=AccessDenied',
            'service=organizations,operation=ListRoots,status=400,code=AWSOrganizationsNotInUseException'
        $keys = $sandbox.Administrator
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It '<What>' -ForEach @(
        @{ What = 'a refused call that enters no role: the permission'; Command = { Get-PostureRole * @keys -ErrorAction Stop }; Id = 'AwsAccessDenied,*'; Advice = '*ListRoles of iam*'; Never = '*trust policy*' }
        @{ What = 'an account without organization: what to use instead'; Command = { New-PostureOrganizationRole -HubAccountId $sandbox.Management @keys -Confirm:$false -ErrorAction Stop }; Id = 'AwsError,*'; Advice = '*New-PostureRole*'; Never = '' }
        @{ What = 'a folder that is not there: to make it'; Command = { Export-PostureTemplate Bash -HubAccountId 111122223333 -Path (Join-Path $TestDrive 'no/such/role.sh') -ErrorAction Stop }; Id = 'PathNotFound,*'; Advice = '*folder*'; Never = '' }
    ) {
        $problem = { & $Command } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
        $told = "$problem $($problem.ErrorDetails.RecommendedAction)"
        $told | Should -BeLike $Advice
        $told | Should -Not -BeLike $Never
    }
}
