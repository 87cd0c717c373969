#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What a file that somebody names may turn out to be.
Describe 'Files that are named' -Skip:(-not $IsLinux) {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    }

    BeforeEach {
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $file = Join-Path $folder 'file'
    }

    It 'puts no template in the place of a pipe' {
        mkfifo $file
        { Export-PostureTemplate -HubAccountId 999988887777 -Format CloudFormation -Path $file -Force -ErrorAction Stop } | Should -Throw "*'$file' is a pipe or a device*"
        test -p $file
        $LASTEXITCODE | Should -Be 0
    }

    It 'refuses what never ends: <What>' -ForEach @(
        @{ What = 'a policy'; Told = '*larger than 64 MiB*'; Command = { Test-PosturePolicy -LiteralPath $file -ErrorAction Stop } }
        @{ What = 'exceptions'; Told = '*is a pipe or a device*'; Command = { New-PostureException -ExceptionPath $file -Rule S3.BucketVersioning -Reason r -Confirm:$false -ErrorAction Stop } }
    ) {
        New-Item -ItemType SymbolicLink -Path $file -Target /dev/zero | Out-Null
        $Command | Should -Throw $Told
        (Get-Item -Path $file).LinkTarget | Should -Be '/dev/zero'
    }
}
