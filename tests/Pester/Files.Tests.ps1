#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# What a file that somebody names may turn out to be, and what is left of it where the disk refuses.
Describe 'Files that are named' -Skip:(-not $IsLinux) {
    BeforeAll {
        $module = (Resolve-Path -Path "$PSScriptRoot/../../CloudPosture.psd1").Path
        Import-Module $module -Force
        $program = [Environment]::ProcessPath
    }

    BeforeEach {
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $file = Join-Path $folder 'file'
    }

    It 'keeps a template where the disk refuses the new one' {
        Set-Content -Path $file -Value 'before'
        $command = "Import-Module '$module'; try { Export-PostureTemplate -HubAccountId 999988887777 -Format CloudFormation -Path '$file' -Force -ErrorAction Stop } catch { `"told: `$_`" }"
        $said = & bash -c 'ulimit -f 1; exec "$0" "$@"' $program -NoProfile -NonInteractive -Command $command

        $said -join ' ' | Should -Match 'told: .*larger than the file system or a limit allows'
        Get-Content -Path $file | Should -Be 'before'
        (Get-ChildItem -Path $folder).Name | Should -Be 'file'
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
