#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The sandbox has instances that the Internet reaches, or does not for one reason each, and whose names say which.
Describe 'Ways from the Internet with known answers, harvested over HTTP' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 1 -Paths
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest -Service iam, organizations, ec2, apigatewayv2, servicediscovery | Out-Null
        $instances = @{}
        foreach ($instance in Get-PostureResource AWS::EC2::Instance) {
            if ($instance.Tags['Name'] -like 'path-*') { $instances[$instance.Tags['Name'].Substring(5)] = $instance.ResourceArn }
        }
        $every = @(Get-PostureExposure -ResourceType AWS::EC2::Instance | Where-Object { $instances.Values -contains $_.ResourceArn })
        $exposures = @($every | Where-Object Via -EQ '')
        $api = (Get-PostureResource AWS::ApiGatewayV2::Api | Where-Object ResourceName -EQ path-fronts)
        $paths = @(Get-PosturePath -To Admin | Where-Object { $instances.Values -contains $_.ResourceArn })
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'harvests one instance of each kind' {
        $instances.Count | Should -Be 11
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
        @{ Kind = 'cloud-map'; Degree = 'Closed'; Stop = 'SecurityGroup' }
    ) {
        $line = @($exposures | Where-Object ResourceArn -EQ $instances[$Kind])
        $line.Count | Should -Be 1
        "$($line[0].Degree) $($line[0].StoppedBy)" | Should -Be "$Degree $Stop"
        if ($Kind -ne 'reachable') { $line[0].IsOnlyStop | Should -BeTrue }
    }

    It 'follows an API to what is registered with Cloud Map, and to where a stage''s variable leads' {
        $behind = @($every | Where-Object Via -EQ $api.ResourceArn)
        ($behind | ForEach-Object { "$($_.Degree) $($_.ResourceArn) $($_.Ports)" } | Sort-Object) |
            Should -Be (@("Reachable $($instances['cloud-map']) 22", "Reachable $($instances['reachable']) 22") | Sort-Object)
    }

    It 'keeps of stages the variable that leads somewhere and no other, and of what is registered no attribute of the customer''s' {
        $stage = $api.Configuration.Stages | Where-Object StageName -EQ prod
        $stage.StageVariables.host | Should -BeLike 'ec2-*:22'
        $stage.StageVariables.key.Secret | Should -Be 'StripeKey'
        $files = Get-ChildItem (Join-Path $env:CLOUDPOSTURE_HOME lake) -Recurse -Filter *.gz
        foreach ($file in $files) {
            $reader = [System.IO.StreamReader]::new([System.IO.Compression.GZipStream]::new($file.OpenRead(), [System.IO.Compression.CompressionMode]::Decompress))
            try { $reader.ReadToEnd() | Should -Not -Match 'sk_live_' } finally { $reader.Dispose() }
        }
    }

    It 'finds the paths that there are, and invents none' {
        ($paths.ResourceArn | Sort-Object) | Should -Be (@($instances['reachable'], $instances['cloud-map']) | Sort-Object)
        $paths.Severity | Select-Object -Unique | Should -Be 'Critical'
        $paths.IsCertain | Should -Not -Contain $false
    }
}
