#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The sandbox has instances that the Internet reaches, or does not for one reason each, and whose names say which.
Describe 'Ways from the Internet with known answers, harvested over HTTP' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1 -Paths
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service iam, organizations, ec2 | Out-Null
        $instances = @{}
        foreach ($instance in Get-PostureResource AWS::EC2::Instance) {
            if ($instance.Tags['Name'] -like 'path-*') { $instances[$instance.Tags['Name'].Substring(5)] = $instance.ResourceArn }
        }
        $exposures = @(Get-PostureExposure -ResourceType AWS::EC2::Instance | Where-Object { $instances.Values -contains $_.ResourceArn })
        $paths = @(Get-PosturePath -To Admin | Where-Object { $instances.Values -contains $_.ResourceArn })
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'harvests one instance of each kind' {
        $instances.Count | Should -Be 10
    }

    It 'tells <Kind> by <Stop>' -ForEach @(
        @{ Kind = 'reachable'; Degree = 'Reachable'; Stop = 'None' }
        @{ Kind = 'no-route'; Degree = 'Stopped'; Stop = 'Route' }
        @{ Kind = 'no-gateway'; Degree = 'Stopped'; Stop = 'InternetGateway' }
        @{ Kind = 'acl-in'; Degree = 'Stopped'; Stop = 'NetworkAclIn' }
        @{ Kind = 'acl-out'; Degree = 'Stopped'; Stop = 'NetworkAclOut' }
        @{ Kind = 'group'; Degree = 'Closed'; Stop = 'SecurityGroup' }
        @{ Kind = 'prefix-list'; Degree = 'Closed'; Stop = 'PrefixList' }
        @{ Kind = 'block-public-access'; Degree = 'Stopped'; Stop = 'BlockPublicAccess' }
        @{ Kind = 'no-address'; Degree = 'Stopped'; Stop = 'PublicAddress' }
        @{ Kind = 'stopped'; Degree = 'Stopped'; Stop = 'Listener' }
    ) {
        $line = @($exposures | Where-Object ResourceArn -EQ $instances[$Kind])
        $line.Count | Should -Be 1
        "$($line[0].Degree) $($line[0].StoppedBy)" | Should -Be "$Degree $Stop"
        if ($Kind -ne 'reachable') { $line[0].IsOnlyStop | Should -BeTrue }
    }

    It 'finds the one path that there is, and invents none' {
        $paths.ResourceArn | Should -Be $instances['reachable']
        $paths[0].Severity | Should -Be 'Critical'
        $paths[0].IsCertain | Should -BeTrue
    }
}
