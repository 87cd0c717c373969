#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Whatever one of our cmdlets gives, into whatever takes objects of the pipeline. Takers come from the module, givers from a table that
# must have an example of each type there is, so that a new cmdlet is tried without being named here, or fails for want of an example.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    $takers = foreach ($cmdlet in Get-Command -Module CloudPosture -CommandType Cmdlet) {
        $uses = $cmdlet.Parameters.Values.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }
        if ($uses) { @{ Taker = $cmdlet.Name } }
    }
}

Describe 'Any two cmdlets joined by the pipeline' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 2 -Regions 2 -Fault 'operation=DescribeNetworkAcls,status=403,code=UnauthorizedOperation'
        $keys = $sandbox.Administrator
        $hub = @{ HubAccountId = $sandbox.Management }
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default -Service s3, iam | Out-Null
        New-PostureRole -Part Publisher @hub @keys | New-PostureConnection -Name publish -Disabled @keys | Out-Null
        Invoke-PostureHarvest -Service s3, iam, organizations, ec2, iamlastaccess -IncludeProviderFinding GuardDuty -WarningAction SilentlyContinue | Out-Null
        $newcomer = New-PostureRole @hub @keys -RoleName Newcomer
        $summary = Invoke-PostureHarvest -Service s3, iam, ec2 -Account $sandbox.Management -WarningAction SilentlyContinue
        $received = New-Item -Path (Join-Path $TestDrive 'received') -ItemType Directory
        $receiver = Start-Receiver $received.FullName
        $env:POSTURE_HOOK = $receiver.Address
        New-PostureException S3.BucketAccessLogging -Reason 'public by design' | Out-Null
        Set-Content -Path (Join-Path $TestDrive 'framework.yaml') -Value "id: own`ntitle: 3"
        $bucket = Get-PostureResource AWS::S3::Bucket | Select-Object -First 1
        $requirement = { Get-PostureBenchmark cis-aws-foundations-7.0.0 @args | Where-Object RequirementId -EQ '3.1.2' }
        $examples = @{
            PostureConnectionInfo = { Get-PostureConnection org }
            PostureConnectionCheck = { Test-PostureConnection org }
            PostureAccountSummary = { $summary }
            PostureHarvest = { Get-PostureHarvest -Newest 1 }
            PostureOperationStatistics = { Get-PostureHarvest -Detail | Where-Object AccountId }
            Finding = { Get-PostureFinding -Rule S3.* -Status Fail }
            PostureResource = { $bucket }
            PostureGap = { Get-PostureGap }
            PostureRule = { Get-PostureRule S3.BucketMfaDelete }
            PostureBenchmark = { Get-PostureBenchmark cis-aws-foundations-7.0.0 }
            PostureRequirement = { & $requirement -Detail }
            PostureRequirementRow = { & $requirement -Matrix }
            PostureExceptionInfo = { New-PostureException S3.BucketVersioning -Reason 'kept elsewhere' }
            PostureAccess = { Get-PostureAccess s3:GetObject $bucket.ResourceArn }
            PostureUnusedAccess = { Get-PostureAccess -Unused -Since 1d }
            PostureEscalation = { Get-PostureEscalation -To "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)" }
            PostureEscalationStep = { Get-PostureEscalation -To "arn:aws:iam::$($sandbox.Management):role/$($sandbox.Role)" -Detail }
            PostureFindingChange = { Compare-PostureHarvest -Change New }
            PostureResourceChange = { Compare-PostureHarvest -Resource }
            PostureRoleInfo = { $newcomer }
            PostureAccountRole = { New-PostureOrganizationRole @hub @keys -RoleName Everywhere -Confirm:$false }
            PostureExposure = { Get-PostureExposure AWS::S3::Bucket }
            PostureRelation = { Get-PostureResource AWS::EC2::Instance | Select-Object -First 1 | Get-PostureRelation }
            PosturePath = { Get-PosturePath }
            PosturePathStep = { Get-PosturePath -Detail }
            PosturePolicyIssue = { Test-PosturePolicy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Gt","Resource":"*"}]}' }
            PosturePolicyAction = { Get-PosturePolicy }
            PosturePolicyDocument = { Get-PosturePolicy -AsDocument }
            PostureTrend = { Get-PostureTrend }
            PostureFrameworkIssue = { Test-PostureFramework (Join-Path $TestDrive 'framework.yaml') }
            PostureAlert = { Get-PostureFinding -Rule S3.* -Status Fail | Send-PostureAlert -Webhook env:POSTURE_HOOK }
            PosturePublication = { Get-PostureFinding -Rule S3.* -Status Fail -Account $sandbox.Management -Region eu-west-1 | Publish-PostureFinding -SecurityHub -Connection publish }
            DelegationRequestInfo = {
                Send-DelegationRequest -Nickname pairs -RoleName Delegated -OwnerAccountId $sandbox.Management -Parameter @{ RoleName = 'Delegated' } @keys -Confirm:$false `
                    -PolicyTemplateArn arn:aws:iam:::delegation-template/CloudPosture -NotificationTopicArn "arn:aws:sns:us-east-1:$($sandbox.Management):delegation"
            }
            FileInfo = { Export-PostureReport Csv (Join-Path $TestDrive 'findings.csv') }
            String = { Export-PostureGraph -Format Mermaid -ResourceId $bucket.ResourceArn }
            Boolean = { Test-PostureConnection org -Quiet }
        }
        $given = [ordered] @{}
        foreach ($name in $examples.Keys) { $given[$name] = & $examples[$name] | Select-Object -First 1 }
        $given['Finding of a detector'] = Get-PostureFinding -Provider GuardDuty | Select-Object -First 1

        # What a file, another session and another program make of the main ones.
        $rows = [ordered] @{}
        foreach ($name in @($given.Keys) | Where-Object { $_ -match '^(Posture|Finding$|Delegation)' }) {
            $rows["$name, from a file"] = $name, ($given[$name] | ConvertTo-Csv | ConvertFrom-Csv)
            $rows["$name, from a job"] = $name, [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($given[$name], 2))
            $rows["$name, from JSON"] = $name, ($given[$name] | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json)
        }

        # What a cmdlet cannot do without; the rest comes through the pipeline.
        $more = @{
            'Export-PostureReport' = @{ Format = 'Csv'; Path = (Join-Path $TestDrive 'pair.csv') }
            'Export-PostureGraph' = @{ Format = 'Dot' }
            'Get-PostureAccess' = @{ Action = 's3:GetObject' }
            'New-PostureConnection' = @{ Name = 'pair' }
            'New-PostureException' = @{ Reason = 'a pair' }
            'New-PostureRole' = $hub
            'New-PostureOrganizationRole' = $hub
            'Publish-PostureFinding' = @{ SecurityHub = $true; Connection = 'publish' }
            'Send-PostureAlert' = @{ Webhook = 'env:POSTURE_HOOK' }
            'Test-PostureConnection' = @{ Quiet = $true }
            'Wait-DelegationRequest' = @{ Timeout = 1 }
        }

        # What answers with all it has, because that is what the object is about.
        $wholes = 'PostureConnectionInfo', 'PostureHarvest'

        function Get-Said([object] $From, [string] $Taker) {
            $ErrorActionPreference = 'Continue'
            $arguments = if ($more[$Taker]) { $more[$Taker].Clone() } else { @{} }
            if ((Get-Command $Taker).Parameters.ContainsKey('WhatIf') -and $Taker -notlike 'Export-*') { $arguments.WhatIf = $true }
            $said = [System.Collections.Generic.List[object]]::new()
            try { $From | & $Taker @arguments *>&1 | ForEach-Object { $said.Add($_) } } catch { $said.Add($_) }
            $errors = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
            [pscustomobject] @{
                Errors = $errors
                Id = ("$($errors.FullyQualifiedErrorId)" -split ',')[0]
                Objects = @($said | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.WarningRecord] -and $_ -isnot [System.Management.Automation.InformationRecord] })
            }
        }

        # Why an answer is none that a user may be given; nothing where it is.
        function Get-Complaint([object] $Said, [string] $Giver, [int] $Whole) {
            if ($Said.Errors.Count -gt 1) { "$($Said.Errors.Count) errors: $($Said.Errors -join ' | ')" }
            # Objects as they print, .NET's own words, and what happens where a property is taken for what it is not.
            if ("$($Said.Errors)" -match ' = .*, .* = |System\.|@\{|Posture\w+ \{') { "an object as a name: $($Said.Errors)" }
            if ($Said.Id -match 'Unexpected|RuntimeException|ArgumentValidation|BindingException|AwsConfiguration' -or ($Said.Id -match 'DriveNotFound|ProviderNotFound' -and $Giver -ne 'String')) { "$($Said.Id): $($Said.Errors)" }
            if ($Said.Errors -and $Said.Objects.Count -gt 0) { "$($Said.Objects.Count) objects beside the error" }
            if ($Whole -gt 1 -and $Said.Objects.Count -ge $Whole -and ($Giver -split ',')[0] -notin $wholes) { "all $Whole, whatever was asked about" }
        }
    }

    AfterAll {
        $receiver.Listener.Stop()
        $receiver.Shell.EndInvoke($receiver.Work)
        Remove-Item -Path env:POSTURE_HOOK
        Stop-Sandbox $sandbox
    }

    It 'has an example of each type that a cmdlet gives' {
        $types = (Get-Command -Module CloudPosture -CommandType Cmdlet).OutputType.Type | Where-Object { $_ } | ForEach-Object Name | Sort-Object -Unique
        $types | Where-Object { $null -eq $given[$_] } | Should -BeNullOrEmpty
    }

    It 'gives <Taker> what it can look for, or says in one error why not' -ForEach $takers {
        $whole = if ($Taker -like 'Get-*' -and $Taker -ne 'Get-PostureAccess' -and $Taker -ne 'Get-PostureRelation') { @(& $Taker -ErrorAction SilentlyContinue -WarningAction SilentlyContinue).Count } else { 0 }
        $complaints = foreach ($giver in $given.Keys) {
            Get-Complaint (Get-Said $given[$giver] $Taker) $giver $whole | ForEach-Object { "${giver}: $_" }
        }
        $complaints | Should -BeNullOrEmpty
    }

    It 'gives <Taker> the same from a file, a job and JSON as from the object itself' -ForEach $takers {
        # The record of a request is this session's.
        $itself = @{}
        $complaints = foreach ($row in $rows.Keys | Where-Object { -not ($Taker -eq 'Send-DelegationRequest' -and $_ -like 'Delegation*') }) {
            $giver = $rows[$row][0]
            if (-not $itself[$giver]) { $itself[$giver] = Get-Said $given[$giver] $Taker }
            $live, $there = $itself[$giver], (Get-Said $rows[$row][1] $Taker)
            Get-Complaint $there $row 0 | ForEach-Object { "${row}: $_" }
            if ($live.Objects.Count -ne $there.Objects.Count -or ($live.Errors.Count -eq 0) -ne ($there.Errors.Count -eq 0)) {
                "${row}: $($there.Objects.Count) objects, '$($there.Errors)'; of the object itself $($live.Objects.Count), '$($live.Errors)'"
            }
        }
        $complaints | Should -BeNullOrEmpty
    }

    It 'asks nothing of all that was harvested for a row that says nothing: <_>' -ForEach 'Get-PostureFinding', 'Get-PostureResource', 'Get-PostureGap', 'Get-PostureExposure' {
        $said = Get-Said ([pscustomobject] @{ Colour = 'red' }) $_
        $said.Objects | Should -BeNullOrEmpty
        $said.Id | Should -Be 'InputNotTaken'
        "$($said.Errors)" | Should -Match 'AccountId'
    }

    It 'tells a harvest in a file from a finding in one' {
        $first = Get-PostureHarvest | Select-Object -Last 1
        $row = $first | ConvertTo-Csv | ConvertFrom-Csv
        @($row | Get-PostureResource).Count | Should -Be @($first | Get-PostureResource).Count
        ($row | Get-PostureResource).HarvestId | Select-Object -Unique | Should -Be $first.HarvestId
    }
}
