#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    $formats = [enum]::GetNames((Get-Command Export-PostureReport).Parameters.Format.ParameterType)
}

Describe 'Export-PostureReport' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        New-PostureConnection -Name org -ExternalId $sandbox.ExternalId -MemberRole $sandbox.Role -CredentialSource Default | Out-Null
        $empty = New-Item -Path $TestDrive -Name empty -ItemType Directory
        Invoke-PostureHarvest -Service s3 | Out-Null
        $failed = @(Get-PostureFinding -Status Fail)
    }

    BeforeEach {
        $file = Join-Path $TestDrive "report-$([guid]::NewGuid())"
    }

    AfterAll {
        Stop-Sandbox $sandbox
    }

    It 'writes what the lake holds as <_>, and gives the file' -ForEach $formats {
        $given = Export-PostureReport $_ $file
        $given.FullName | Should -Be $file
        $given.Length | Should -BeGreaterThan 100
    }

    It 'writes what is filtered, and nothing else' {
        $failed | Export-PostureReport Csv $file
        $rows = Import-Csv $file
        $rows.Count | Should -Be $failed.Count
        $rows.Status | Select-Object -Unique | Should -Be 'Fail'
        $rows.FindingId | Should -Be $failed.FindingId
    }

    It 'writes an empty report where nothing is left of the findings' {
        Get-PostureFinding -Status Excepted | Export-PostureReport Json $file
        $report = Get-Content $file -Raw | ConvertFrom-Json
        @($report.findings).Count | Should -Be 0
        $report.report.counts.Fail | Should -Be 0
    }

    It 'takes findings that were rows of <_> meanwhile' -ForEach 'CSV', 'CLIXML', 'Select-Object' {
        $rows = switch ($_) {
            'CSV' { $failed | ConvertTo-Csv | ConvertFrom-Csv }
            'CLIXML' { $failed | Export-Clixml "$file.xml"; Import-Clixml "$file.xml" }
            default { $failed | Select-Object * }
        }
        $rows | Export-PostureReport JUnit $file
        $junit = [xml] (Get-Content $file -Raw)
        $junit.testsuites.tests | Should -Be $failed.Count
        $junit.testsuites.failures | Should -Be $failed.Count
    }

    It 'takes a harvest for its findings' {
        Get-PostureHarvest | Export-PostureReport Csv $file
        @(Import-Csv $file).Count | Should -Be @(Get-PostureFinding -HarvestId (Get-PostureHarvest).HarvestId).Count
    }

    It 'replaces a report, unless it must not' {
        Set-Content $file 'before'
        $failed | Export-PostureReport Markdown $file
        Get-Content $file -TotalCount 1 | Should -Be '# AWS posture'
        { $failed | Export-PostureReport Markdown $file -NoClobber } | Should -Throw -ErrorId 'FileAccess*'
    }

    It 'takes a path from home, and names that look like wildcards' {
        Push-Location $TestDrive
        try {
            ($failed | Export-PostureReport Csv './a[1].csv').Name | Should -Be 'a[1].csv'
            $given = $failed | Export-PostureReport Csv "~/posture-$([guid]::NewGuid()).csv"
            Split-Path $given.FullName | Should -Be (Convert-Path ~)
            Remove-Item $given
        }
        finally {
            Pop-Location
        }
    }

    It 'names the formats where another is asked for' {
        { Export-PostureReport Pdf $file } | Should -Throw "*no report format 'Pdf'*Csv, Json*"
    }

    It 'writes nothing with -WhatIf' {
        Export-PostureReport Csv $file -WhatIf
        Test-Path $file | Should -BeFalse
    }

    It 'leaves an earlier report where the pipeline ends with an error' {
        Set-Content $file 'before'
        { & { $failed; throw 'no more' } | Export-PostureReport Csv $file } | Should -Throw 'no more'
        Get-Content $file | Should -Be 'before'
        @(Get-ChildItem "$file*").Count | Should -Be 1
    }

    It 'says in one error what is wrong: <Id>' -ForEach @(
        @{ Id = 'PathNotFound*'; Code = { Export-PostureReport Csv (Join-Path $file 'nowhere.csv') } }
        @{ Id = 'FileAccess*'; Code = { Export-PostureReport Csv $empty } }
        @{ Id = 'InvalidArgument*'; Code = { Export-PostureReport Csv env:report } }
        @{ Id = 'ParameterArgumentTransformationError*'; Code = { $failed | Export-PostureReport Pdf $file } }
        @{ Id = 'ParameterArgumentTransformationError*'; Code = { Export-PostureReport $file Csv } }
        @{ Id = 'HarvestNotFound*'; Code = { Export-PostureReport Csv $file -LakePath $empty } }
        @{ Id = 'HarvestNotFound*'; Code = { Export-PostureReport Csv $file -HarvestId nope } }
        @{ Id = 'InvalidArgument*'; Code = { Get-PostureRule S3.BucketVersioning | Export-PostureReport Csv $file } }
        @{ Id = 'InvalidArgument*'; Code = { [pscustomobject] @{ RuleId = 'x' } | Export-PostureReport Csv $file } }
        @{ Id = 'InvalidArgument*'; Code = { $failed | Export-PostureReport Csv $file -HarvestId (Get-PostureHarvest).HarvestId } }
    ) {
        $Code | Should -Throw -ErrorId $Id
        Test-Path $file | Should -BeFalse
    }

    Context 'Html' {
        BeforeAll {
            # The data that a page carries.
            function Read-Page([string] $Path) {
                $letters = [regex]::Match((Get-Content $Path -Raw), 'id="data">([^<]*)<').Groups[1].Value
                $packed = [IO.MemoryStream]::new([convert]::FromBase64String($letters))
                $text = [IO.StreamReader]::new([IO.Compression.GZipStream]::new($packed, [IO.Compression.CompressionMode]::Decompress))
                $text.ReadToEnd() | ConvertFrom-Json
            }
        }

        It 'comes from Get-PostureReport too, beside the harvests' {
            $page = Get-PostureReport
            $page.Name | Should -Be 'report.html'
            $data = Read-Page $page.FullName
            $data.total | Should -Be @(Get-PostureFinding).Count
            $data.isSelection | Should -BeFalse
            $data.accounts.id | Should -Be $sandbox.Management
            $data.benchmarks.Count | Should -BeGreaterThan 10
            $data.inventory.Count | Should -BeGreaterThan 0
        }

        It 'says of a report that is made of some findings that it is' {
            $failed | Export-PostureReport Html $file
            $data = Read-Page $file
            $data.total | Should -Be $failed.Count
            $data.isSelection | Should -BeTrue
        }

        It 'says in one error what is wrong: <Id>' -ForEach @(
            @{ Id = 'PathNotFound*'; Code = { Get-PostureReport (Join-Path $file 'nowhere.html') } }
            @{ Id = 'HarvestNotFound*'; Code = { Get-PostureReport -LakePath $empty } }
            @{ Id = 'HarvestNotFound*'; Code = { Get-PostureReport -HarvestId nope } }
        ) {
            $Code | Should -Throw -ErrorId $Id
        }
    }
}
