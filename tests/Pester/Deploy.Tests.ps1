#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The ready files of module/deploy: what they run is taken from them as it stands, examined, and run against the sandbox.

BeforeDiscovery {
    $deploy = "$PSScriptRoot/../../module/deploy"
    $files = 'kubernetes.yaml', 'aws-batch.yaml', 'azure-pipelines.yml', 'Jenkinsfile', 'github-actions.yml', 'gitlab-ci.yml' | ForEach-Object { @{ Name = $_; Path = "$deploy/$_"; IsShared = $_ -notmatch '^git' } }
}

BeforeAll {
    # The PowerShell in a file: block scalars of YAML, single-quoted strings of Groovy.
    function Get-Script([string] $Path) {
        $text = Get-Content -Path $Path -Raw
        if ($Path -like '*Jenkinsfile') {
            return [regex]::Matches($text, "(?s)pwsh '''(.*?)'''").ForEach({ $_.Groups[1].Value })
        }

        [regex]::Matches($text, '(?m)^ *- (?:pwsh: |run: )?\|\n(?<body>(?<indent> +).*\n(?:\k<indent>.*\n)*)').ForEach({ $_.Groups['body'].Value })
    }

    function Get-Tree([string] $Script) {
        $errors = $null
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($Script, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tree
    }
}

Describe 'The scripts of <Name>' -ForEach $files {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
        $scripts = @(Get-Script $Path)
    }

    It 'are there, and join what several read' {
        $scripts.Count | Should -BeGreaterThan 0
        $scripts -join '' | Should -Match 'Invoke-PostureHarvest'
        $scripts -join '' | Should -Match $(if ($IsShared) { 'Complete-PostureHarvest' } else { 'Assert-Posture' })
    }

    It 'use only cmdlets and parameters that exist' {
        foreach ($command in $scripts | ForEach-Object { (Get-Tree $_).FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) }) {
            # Fresh agents have it, a PowerShell made from packages has not.
            if ($command.GetCommandName() -eq 'Install-PSResource' -and -not (Get-Command Install-PSResource -ErrorAction Ignore)) { continue }

            $cmdlet = Get-Command $command.GetCommandName() -ErrorAction Stop
            foreach ($parameter in $command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $cmdlet.Parameters.Keys | Should -Contain $parameter.ParameterName -Because "$command"
            }
        }
    }

    It 'take what changes from the environment: no secret and no name of others is pasted into them' {
        foreach ($script in $scripts) {
            $script | Should -Not -Match '\$\(|\$\{|#\{|Ref::' -Because 'the engine would replace it in the text of the script'
            $variables = (Get-Tree $script).FindAll({ $args[0] -is [System.Management.Automation.Language.VariableExpressionAst] }, $true).VariablePath
            ($variables | Where-Object DriveName -EQ env).UserPath | Should -Not -Match 'SECRET|TOKEN|PASSWORD'
            $script | Should -Not -Match 'Invoke-Expression|\biex\b|Write-Host'
        }
    }

    It 'print no name of others without cleaning it' {
        # Objects go through the module's views, errors name account numbers alone.
        foreach ($script in $scripts) {
            $said = (Get-Tree $script).FindAll({ $args[0] -is [System.Management.Automation.Language.ThrowStatementAst] }, $true).Extent.Text
            $said -join '' | Should -Not -Match 'Name|Failure'
        }
    }
}

Describe 'The pods, jobs and cells' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 3 -Regions 1
        $deploy = "$PSScriptRoot/../../module/deploy"
        $env:POSTURE_MEMBER_ROLE, $env:POSTURE_EXTERNAL_ID = $sandbox.Role, $sandbox.ExternalId
        $PSDefaultParameterValues = @{ 'Invoke-PostureHarvest:Service' = 'iam' }
        New-PostureConnection -Name org -MemberRole $sandbox.Role -ExternalId $sandbox.ExternalId -CredentialSource Default | Out-Null
        $failed = (Invoke-PostureHarvest -Connection org -LakePath "$TestDrive/alone" | Measure-Object -Property Failed -Sum).Sum

        function Invoke-Script([string] $Script, [hashtable] $Environment) {
            foreach ($name in $Environment.Keys) { Set-Item "env:$name" $Environment[$name] }
            try { & ([scriptblock]::Create($Script)) }
            finally { $Environment.Keys | ForEach-Object { Remove-Item "env:$_" } }
        }
    }

    AfterEach {
        Remove-Item env:CLOUDPOSTURE_LAKE -ErrorAction Ignore
    }

    AfterAll {
        Remove-Item env:POSTURE_MEMBER_ROLE, env:POSTURE_EXTERNAL_ID
        Stop-Sandbox $sandbox
    }

    It 'of Kubernetes make one harvest, joined by the last' {
        $text = Get-Content "$deploy/kubernetes.yaml" -Raw
        $count = [int] [regex]::Match($text, 'completions: (\d+)').Groups[1].Value
        [regex]::Match($text, 'JOB_COMPLETIONS\s+value: "(\d+)"').Groups[1].Value | Should -Be $count
        $env:CLOUDPOSTURE_LAKE = "$TestDrive/kubernetes"
        foreach ($index in 0..($count - 1)) {
            Invoke-Script (Get-Script "$deploy/kubernetes.yaml") @{ JOB_COMPLETION_INDEX = $index; JOB_COMPLETIONS = $count; POSTURE_HARVEST_ID = 'cloudposture-29384756' } | Out-Null
        }

        Test-Path "$TestDrive/kubernetes/harvest=cloudposture-29384756/manifest.json" | Should -BeTrue
        @(Get-PostureFinding -Status Fail).Count | Should -Be $failed
    }

    It 'of AWS Batch make one harvest, joined by the last' {
        $env:CLOUDPOSTURE_LAKE = "$TestDrive/batch"
        foreach ($index in 1, 0) {
            Invoke-Script (Get-Script "$deploy/aws-batch.yaml") @{ AWS_BATCH_JOB_ARRAY_INDEX = $index; AWS_BATCH_JOB_ARRAY_SIZE = 2; AWS_BATCH_JOB_ID = "5d8a1f0e-0c1e-4a0c-b2a3-0123456789ab:$index" } | Out-Null
        }

        Test-Path "$TestDrive/batch/harvest=5d8a1f0e-0c1e-4a0c-b2a3-0123456789ab/manifest.json" | Should -BeTrue
        @(Get-PostureFinding -Status Fail).Count | Should -Be $failed
    }

    It 'of AWS Batch fail where an account could not be read whole' {
        $env:CLOUDPOSTURE_LAKE = "$TestDrive/refused"
        $env:POSTURE_MEMBER_ROLE = 'NoSuchRole'
        $PSDefaultParameterValues['Invoke-PostureHarvest:Service'] = 'sns'
        try {
            $job = @{ AWS_BATCH_JOB_ARRAY_INDEX = 0; AWS_BATCH_JOB_ARRAY_SIZE = 1; AWS_BATCH_JOB_ID = 'refused' }
            { Invoke-Script (Get-Script "$deploy/aws-batch.yaml") $job 3> $null } | Should -Throw 'Accounts not read whole: ????????????, ????????????'
        }
        finally {
            $env:POSTURE_MEMBER_ROLE = $sandbox.Role
            $PSDefaultParameterValues['Invoke-PostureHarvest:Service'] = 'iam'
        }
    }

    It 'of Azure Pipelines make one harvest from their artifacts, with the token of a service connection that is gone afterwards' {
        $harvest, $complete = Get-Script "$deploy/azure-pipelines.yml"
        $asked = [System.Collections.Generic.List[string]]::new()
        function Invoke-RestMethod($Method, $Uri, $Headers, $ContentType) {
            $asked.Add("$Method $Uri $($Headers.Authorization) $ContentType")
            [pscustomobject] @{ oidcToken = 'eyJ.of.connection' }
        }

        $count = [int] [regex]::Match((Get-Content "$deploy/azure-pipelines.yml" -Raw), 'parallel: (\d+)').Groups[1].Value
        foreach ($position in 1..$count) {
            Invoke-Script $harvest @{ SYSTEM_JOBPOSITIONINPHASE = $position; SYSTEM_TOTALJOBSINPHASE = $count; BUILD_BUILDID = '117'; BUILD_ARTIFACTSTAGINGDIRECTORY = "$TestDrive/agent$position"; SYSTEM_ACCESSTOKEN = 'job'
                SYSTEM_OIDCREQUESTURI = 'https://dev.azure.com/x/oidctoken'; POSTURE_SERVICE_CONNECTION = 'c1'; AWS_WEB_IDENTITY_TOKEN_FILE = "$TestDrive/identity" } | Out-Null
            Test-Path "$TestDrive/identity" | Should -BeFalse
            New-Item -ItemType Directory -Path "$TestDrive/pipeline" -Force | Out-Null
            Move-Item "$TestDrive/agent$position/lake" "$TestDrive/pipeline/lake-$position"
        }

        $asked | Select-Object -Unique | Should -Be 'Post https://dev.azure.com/x/oidctoken?api-version=7.1&serviceConnectionId=c1 Bearer job application/json'
        { Invoke-Script $complete @{ BUILD_BUILDID = '117'; PIPELINE_WORKSPACE = "$TestDrive/pipeline"; BUILD_ARTIFACTSTAGINGDIRECTORY = "$TestDrive/staging" } } | Should -Throw -ErrorId 'PostureFindings*'
        (Get-PostureHarvest -LakePath "$TestDrive/staging/lake").Status | Should -Be 'Complete'
        @(Import-Csv "$TestDrive/staging/findings.csv" | Where-Object Status -EQ Fail).Count | Should -Be $failed
    }

    It 'of Azure Pipelines judge what is there where an account could not be read' {
        $harvest, $complete = Get-Script "$deploy/azure-pipelines.yml"
        $env:POSTURE_MEMBER_ROLE = 'NoSuchRole'
        function Invoke-RestMethod { [pscustomobject] @{ oidcToken = 'eyJ.of.connection' } }
        try {
            foreach ($position in 1, 2) {
                Invoke-Script $harvest @{ AWS_WEB_IDENTITY_TOKEN_FILE = "$TestDrive/identity"; SYSTEM_JOBPOSITIONINPHASE = $position; SYSTEM_TOTALJOBSINPHASE = 2; BUILD_BUILDID = '118'; BUILD_ARTIFACTSTAGINGDIRECTORY = "$TestDrive/unread/$position" } 3> $null | Out-Null
                Rename-Item "$TestDrive/unread/$position/lake" "lake-$position"
                Move-Item "$TestDrive/unread/$position/lake-$position" "$TestDrive/unread"
            }
        }
        finally {
            $env:POSTURE_MEMBER_ROLE = $sandbox.Role
        }

        $said = Invoke-Script $complete @{ BUILD_BUILDID = '118'; PIPELINE_WORKSPACE = "$TestDrive/unread"; BUILD_ARTIFACTSTAGINGDIRECTORY = "$TestDrive/unread2" } 2>&1
        "$said" | Should -BeLike '*not complete: *to read: ????????????*'
        $read, $unread = (Import-Csv "$TestDrive/unread2/findings.csv").Where({ $_.AccountId -eq $sandbox.Management }, 'Split')
        $unread.Status | Select-Object -Unique | Should -Be 'NotAssessed'
        $read.Status | Should -Contain 'Fail'
    }

    It 'of GitHub Actions go on with the history, and show a summary' {
        $install, $harvest, $judge = Get-Script "$deploy/github-actions.yml"
        $install | Should -Match 'Install-PSResource'
        foreach ($run in '9', '10') {
            $env:CLOUDPOSTURE_LAKE = "$TestDrive/github/.cloudposture/lake"
            Invoke-Script $harvest @{ GITHUB_RUN_ID = $run; GITHUB_RUN_ATTEMPT = '1'; GITHUB_ACTIONS = 'true' } | Out-Null
        }

        { Invoke-Script $judge @{ GITHUB_ACTIONS = 'true'; GITHUB_WORKSPACE = "$TestDrive/github"; GITHUB_STEP_SUMMARY = "$TestDrive/github/summary.md" } 6> "$TestDrive/github/log" } | Should -Throw -ErrorId 'PostureFindings*'
        Get-Content "$TestDrive/github/log" -Raw | Should -Match '(?m)^::error title=CloudPosture::Critical'
        Get-Content "$TestDrive/github/summary.md" -Raw | Should -Match 'the gate is shut'
        @(Import-Csv "$TestDrive/github/findings.csv" | Where-Object Status -EQ Fail).Count | Should -Be $failed
        Get-PostureFinding -Change New, Regressed | Should -BeNullOrEmpty
        (Get-PostureHarvest).HarvestId | Should -Be 'github-10-1', 'github-9-1'
    }

    It 'of GitLab read with the token of their job, and leave a summary and no token' {
        $env:CLOUDPOSTURE_LAKE = "$TestDrive/gitlab/lake"
        New-Item -ItemType Directory -Path "$TestDrive/gitlab" -Force | Out-Null
        $job = @{
            GITLAB_CI = 'true'; CI_JOB_ID = '5'; CI_PROJECT_DIR = "$TestDrive/gitlab"; POSTURE_ID_TOKEN = 'eyJ'; CLOUDPOSTURE_HOME = "$TestDrive/gitlab"
            AWS_WEB_IDENTITY_TOKEN_FILE = "$TestDrive/gitlab/identity"
        }
        $home5 = $env:CLOUDPOSTURE_HOME
        try {
            { Invoke-Script (Get-Script "$deploy/gitlab-ci.yml") $job } | Should -Throw -ErrorId 'PostureFindings*'
        }
        finally {
            $env:CLOUDPOSTURE_HOME = $home5
        }

        Get-Content "$TestDrive/gitlab/posture.md" -Raw | Should -Match 'the gate is shut'
        Test-Path "$TestDrive/gitlab/identity" | Should -BeFalse
        @(Import-Csv "$TestDrive/gitlab/findings.csv" | Where-Object Status -EQ Fail).Count | Should -Be $failed
    }

    It 'of Jenkins make one harvest from their stashes' {
        $text = Get-Content "$deploy/Jenkinsfile" -Raw
        $values = [regex]::Match($text, "values (.+)").Groups[1].Value -split ', ' -replace "'"
        [regex]::Match($text, "POSTURE_SHARDS = '(\d+)'").Groups[1].Value | Should -Be $values.Count
        [regex]::Matches($text, "unstash 'lake-(\d+)'").ForEach({ $_.Groups[1].Value }) | Should -Be $values
        $values | Should -Be (0..($values.Count - 1))
        $harvest, $complete = Get-Script "$deploy/Jenkinsfile"
        foreach ($shard in $values) {
            $text | Should -Match "file\(credentialsId: 'cloudposture-oidc', variable: 'AWS_WEB_IDENTITY_TOKEN_FILE'\)"
            Invoke-Script $harvest @{ POSTURE_ROLE = 'arn:aws:iam::111122223333:role/reader'; AWS_ROLE_ARN = ''; POSTURE_SHARD = $shard; POSTURE_SHARDS = $values.Count; BUILD_NUMBER = '7'; WORKSPACE = "$TestDrive/jenkins" } | Out-Null
        }

        { Invoke-Script $complete @{ BUILD_NUMBER = '7'; WORKSPACE = "$TestDrive/jenkins" } } | Should -Throw -ErrorId 'PostureFindings*'
        @(Import-Csv "$TestDrive/jenkins/findings.csv" | Where-Object Status -EQ Fail).Count | Should -Be $failed
    }
}
