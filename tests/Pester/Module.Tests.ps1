#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
    $cmdlets = (Get-Command -Module CloudPosture).Name
}

Describe 'The module' {
    BeforeAll {
        $manifest = "$PSScriptRoot/../../CloudPosture.psd1"
        Import-Module $manifest -Force
    }

    It 'keeps its exports on a second import' {
        $before = (Get-Command -Module CloudPosture).Count
        Import-Module $manifest -Force
        (Get-Command -Module CloudPosture).Count | Should -Be $before
    }

    It 'keeps its dependencies out of the default load context' -Skip:($PSEdition -ne 'Core') {
        Get-PostureRule | Out-Null
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name | Should -Not -Contain 'YamlDotNet'
    }

    It 'shows help and examples for <_>' -ForEach $cmdlets {
        $help = Get-Help $_
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
        $help.examples.example.Count | Should -BeGreaterOrEqual 2
    }

    It 'has examples that parse for <_>' -ForEach $cmdlets {
        foreach ($example in (Get-Help $_).examples.example) {
            $errors = $null
            [void] [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
        }
    }

    It 'finds its about topics' {
        Get-Help about_CloudPosture_Rules | Out-String | Should -Match 'three|condition'
    }

    It 'completes <_>' -ForEach 'Get-PostureRule S3.', 'Get-PostureBenchmark cis', 'Get-PostureFinding -Region eu-c', 'Get-PosturePolicy -Service s3', 'Get-PostureResource AWS::S3' {
        (TabExpansion2 $_ $_.Length).CompletionMatches.Count | Should -BeGreaterThan 0
    }
}
