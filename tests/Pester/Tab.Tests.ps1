#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'What Tab offers, and what leaves the prompt' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $ids = 1..2 | ForEach-Object { (Invoke-PostureHarvest -Connection org -Service s3 -HarvestId "run-$_").HarvestId | Select-Object -First 1 }
        function Complete([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'knows other tools'' names for a check' {
        Complete 'Get-PostureRule -Equivalent s3_bucket_public_a' | Should -Be 's3_bucket_public_access'
        Complete 'Get-PostureRule -Equivalent EC2.' | Should -Contain 'EC2.2'
    }

    It 'knows tags and types, a type by its last word too' {
        Complete 'Get-PostureRule -Tag least' | Should -Be 'least-privilege'
        Complete 'Get-PostureResource Bucket' | Should -Contain 'AWS::S3::Bucket'
    }

    It 'knows the roles that connections enter, and asks AWS nothing for it' {
        New-PostureConnection -Name alone -RoleArn arn:aws:iam::111122223333:role/readers/OnlyHere -CredentialSource Default | Out-Null
        try {
            foreach ($line in 'Get-PostureRole ', 'Remove-PostureRole ', 'Test-PosturePolicy -RoleName ') { Complete $line | Should -Be ($sandbox.Role, 'OnlyHere' | Sort-Object) }
            Complete 'Get-PostureRole Only' | Should -Be 'OnlyHere'
        }
        finally { Remove-PostureConnection alone }
    }

    It 'offers the newest harvest first' {
        $ids | Should -Be 'run-1', 'run-2'
        Complete 'Get-PostureFinding -HarvestId ' | Should -Be 'run-2', 'run-1'
    }

    It 'exports resources that a spreadsheet can read' {
        $csv = Get-PostureResource AWS::S3::Bucket | ConvertTo-Csv
        $csv.Count | Should -BeGreaterThan 1
        $csv -join "`n" | Should -Not -Match 'System\.|@\{'
        ($csv | ConvertFrom-Csv)[0].Configuration | ConvertFrom-Json | Select-Object -ExpandProperty Name | Should -Not -BeNullOrEmpty
    }

    It 'tells by -Verbose which service is read, and says of a disabled connection that it is disabled' {
        $told = Invoke-PostureHarvest -Connection org -Service s3, sqs -Verbose 4>&1
        "$told" | Should -BeLike '*s3*'
        "$told" | Should -BeLike '*sqs*'
        Disable-PostureConnection org
        try { Invoke-PostureHarvest -Connection org -Service s3 -ErrorVariable problem -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty }
        finally { Enable-PostureConnection org }
        "$problem $warned" | Should -BeLike '*org*disabled*Enable-PostureConnection*'
        "$problem $warned" | Should -Not -BeLike '*New-PostureConnection*'
    }
}
