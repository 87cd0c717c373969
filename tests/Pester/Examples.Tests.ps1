#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Runs every example of the help against the sandbox, in a world where the names that the examples use exist.
# The account and the organizational unit of the examples become the sandbox's own.
# README's commands beside them, as they are written there.

BeforeDiscovery {
    # What an example may need that is not here: other programs, a browser, a delegation request under way, somebody to tell.
    $outOfReach = '\baws sqs|Receive-SQSMessage|-Open\b|-Show\b|0123456789abcdef0123456789abcdef|(Send-PostureAlert|Publish-PostureFinding)(?!.*-WhatIf)'
    Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    $examples = foreach ($cmdlet in (Get-Command -Module CloudPosture).Name) {
        foreach ($example in (Get-Help $cmdlet).examples.example | Where-Object code -NotMatch $outOfReach) {
            @{ Cmdlet = $cmdlet; Title = $example.title.Trim('- '); Code = $example.code }
        }
    }
}

Describe 'The examples of the help' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Regions 3
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        Invoke-PostureHarvest | Out-Null
        $unit = (Get-PostureResource AWS::Organizations::OrganizationalUnit | Select-Object -First 1).ResourceId
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $sandbox.Administrator.AccessKey, $sandbox.Administrator.SecretKey
        foreach ($name in 'default', 'prod-admin', 'management') {
            Add-Content -Path $env:AWS_SHARED_CREDENTIALS_FILE -Value "[$name]", "aws_access_key_id = $($sandbox.Administrator.AccessKey)", "aws_secret_access_key = $($sandbox.Administrator.SecretKey)"
        }

        $work = New-Item -Path $TestDrive -Name work -ItemType Directory
        New-Item -Path "$work/aws", "$work/policies", "$work/frameworks" -ItemType Directory | Out-Null
        Set-Content -Path "$work/policies/one.json" -Value '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}'
        Set-Content -Path "$work/template.json" -Value '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateRole","Resource":"*"}}'
        Set-Content -Path "$work/aws/config" -Value '[profile audit-web]', 'role_arn = arn:aws:iam::111122223333:role/Reader', 'source_profile = default'
        Set-Content -Path "$work/mutelist.yaml" -Value 'Mutelist: {Accounts: {"*": {Checks: {iam_root_mfa_enabled: {Regions: ["*"], Resources: ["*"]}}}}}'
        Set-Content -Path "$work/frameworks/own.yaml" -Value 'id: own', 'short: Own', 'title: Our own', 'version: "1"', 'requirements:', '  - {id: C.1, title: Root has a second factor, rules: [IAM.RootMfa]}'
        Set-Content -Path "$work/suppressed.json" -Value '{"Findings": []}'
        $env:POSTURE_SLACK = 'https://hooks.example.com/services/T0/B0/x'
        Export-PostureBaseline -Path "$work/posture-baseline.json" | Out-Null
        Push-Location $work
    }

    BeforeEach {
        Get-PostureConnection | Remove-PostureConnection
        if ($Cmdlet -notmatch '^(New|Send)-' -or $Code -match '^Get-PostureConnection prod') {
            $role = @{ RoleArn = "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)"; ExternalId = $sandbox.ExternalId; CredentialSource = 'Default' }
            New-PostureConnection -Name prod @role | Out-Null
            New-PostureConnection -Name test1 @role -Disabled | Out-Null
            New-PostureConnection -Name hub -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        }

        if ($Code -match '-RoleName Rapid7-Security-Audit') {
            New-PostureRole -Vendor InsightVM -RoleName Rapid7-Security-Audit -ExternalId 3f6c1d0a-demo -WarningAction SilentlyContinue | Out-Null
        }

        if ($Code -match '-Resume') {
            Invoke-PostureHarvest -Connection prod -MaxCall 20 -WarningAction SilentlyContinue | Out-Null
        }

        if ($Code -match '^\(Complete-PostureHarvest (?<id>[\w-]+)') {
            Invoke-PostureHarvest -Connection prod -MaxCall 20 -HarvestId $Matches.id -WarningAction SilentlyContinue | Out-Null
        }
    }

    AfterAll {
        Pop-Location
        Remove-Item env:POSTURE_SLACK
        Stop-Sandbox $sandbox
    }

    It 'work: <Cmdlet>, <Title>' -ForEach $examples {
        $ErrorActionPreference, $ConfirmPreference = 'Stop', 'None'
        try {
            & ([scriptblock]::Create($Code.Replace('111122223333', $sandbox.Management).Replace('ou-ab12-cd34ef56', $unit))) | Out-String | Out-Null
        }
        catch {
            # A gate that stays shut works.
            if ($_.FullyQualifiedErrorId -notmatch '^Posture(Findings|NotAssessed),') { throw }
        }
    }
}

Describe 'README' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox
        $profiles = foreach ($name in 'management', 'hub', 'hub-admin', 'target-admin') {
            "[$name]", "aws_access_key_id = $($sandbox.Administrator.AccessKey)", "aws_secret_access_key = $($sandbox.Administrator.SecretKey)", ''
        }
        Set-Content -LiteralPath $env:AWS_SHARED_CREDENTIALS_FILE -Value $profiles
        $readme = (Get-Content -LiteralPath "$PSScriptRoot/../../README.md" -Raw) -replace "`r"

        # The commands under a heading, as they stand but for the account.
        function Invoke-Step([string] $Heading, [int] $Index = 0) {
            $section = [regex]::Match($readme, "(?s)\*\*$([regex]::Escape($Heading))\*\*.*?(?=\n\*\*|\n## )").Value
            $step = [regex]::Matches($section, '(?s)```powershell\n(.*?)```')[$Index].Groups[1].Value.Replace('999988887777', $sandbox.Management)
            . ([scriptblock]::Create($step))
        }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'connects an account as written' {
        (Invoke-Step 'An account.').Status | Should -Not -Contain 'Failed'
        (Invoke-PostureHarvest prod -Service s3).Status | Should -Be 'Complete'
    }

    It 'connects an organization as written, with an external ID of the rollout''s own' {
        (Invoke-Step 'An organization.').ExternalId | Should -Not -Be $sandbox.ExternalId
        (Invoke-PostureHarvest org -Service s3).Status | Should -Be 'Complete', 'Complete'
        $each = Invoke-Step 'An organization.' 1
        $each | Should -HaveCount 2
        ($each | Invoke-PostureHarvest -Service s3).Status | Should -Be 'Complete', 'Complete'
    }

    It 'makes hub and spoke as written' {
        $roles = Invoke-Step 'Hub and spoke.' 3>$null
        $roles.RoleName | Should -Be 'cartography-service', 'cartography-read-only', 'cloudbeat-securityaudit', 'cloudbeat-securityaudit'
        (Get-PostureRole cloudbeat-root -ProfileName management).RoleName | Should -Be 'cloudbeat-root'
    }
}
