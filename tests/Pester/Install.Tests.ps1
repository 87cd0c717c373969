#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# The script that packs and installs, with a dotnet that only writes down what it is asked for.
Describe 'build.ps1' -Skip:($env:OS -eq 'Windows_NT') {
    BeforeAll {
        $house = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'house')
        Copy-Item -Path "$PSScriptRoot/../../build.ps1" -Destination $house
        $tools = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'tools')
        @"
#!/bin/sh
echo "`$@" >> '$TestDrive/asked'
case "`$*" in *pack*) mkdir -p '$house/out/CloudPosture/1.0.0'; echo '@{}' > '$house/out/CloudPosture/1.0.0/CloudPosture.psd1';; esac
"@ | Set-Content -Path "$tools/dotnet"
        chmod +x "$tools/dotnet"
        $path = $env:PATH
        $env:PATH = "$tools$([System.IO.Path]::PathSeparator)$path"
        $shell = (Get-Process -Id $PID).Path
    }

    AfterAll {
        $env:PATH = $path
    }

    It 'packs and installs, as a command line hands the tasks over: <Tasks>' -ForEach @(@{ Tasks = 'Pack,Install' }, @{ Tasks = 'Pack, Install' }) {
        $modules = Join-Path $TestDrive "modules $($Tasks.Length)"
        $said = & $shell -NoProfile -NonInteractive -File "$house/build.ps1" -Task $Tasks -Destination $modules 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        Test-Path "$modules/CloudPosture/1.0.0/CloudPosture.psd1" | Should -BeTrue
        Get-Content "$TestDrive/asked" | Where-Object { $_ -match 'ModuleBuilder.* pack ' } | Should -Not -BeNullOrEmpty
        "$said" | Should -Match 'Import-Module CloudPosture'
    }

    It 'says what to do where there is nothing to install, and refuses a task that is none' {
        Remove-Item -Path "$house/out" -Recurse -Force -ErrorAction Ignore
        $said = & $shell -NoProfile -NonInteractive -File "$house/build.ps1" -Task Install -Destination (Join-Path $TestDrive 'none') 2>&1
        $LASTEXITCODE | Should -Not -Be 0
        "$said" | Should -Match 'Pack, Install'
        & $shell -NoProfile -NonInteractive -File "$house/build.ps1" -Task Pack,Instal 2>&1 | Out-Null
        $LASTEXITCODE | Should -Not -Be 0
    }
}
