#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The walkthrough' {
    It 'is what the demo shows' {
        $module = "$PSScriptRoot/../../module"
        $documented = (Get-Content -Path "$module/docs/walkthrough.md" -Raw -Encoding utf8) -replace '\r'
        (((& "$module/demo.ps1" -AsMarkdown) -join "`n") + "`n") -replace '\r' | Should -BeExactly $documented -Because './module/demo.ps1 -AsMarkdown writes it anew'
    }

    It 'shows as many findings as were planted, and leaves the session''s variables as they were' {
        $env:AWS_REGION = 'eu-north-1'
        try {
            $before = Get-ChildItem env:
            (& "$PSScriptRoot/../../module/demo.ps1")[-1] | Should -Match '^\s*(\d+) findings; \1 faults planted'
            Compare-Object $before (Get-ChildItem env:) -Property Name, Value | Should -BeNullOrEmpty
        }
        finally {
            Remove-Item env:AWS_REGION
        }
    }
}
