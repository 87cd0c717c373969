#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

# Every view and every error, with every text in it as hostile as whoever may write in an account can make it, in a pipeline's log.
# What the module shows nothing of is made by reflection, so that new types, views and exceptions are tried without being named here.
BeforeDiscovery {
    $formats = [xml](Get-Content -Path "$PSScriptRoot/../../module/CloudPosture.format.ps1xml" -Raw)
    $views = foreach ($view in $formats.Configuration.ViewDefinitions.View) {
        @{ View = $view.Name; Type = $view.ViewSelectedBy.TypeName; Command = if ($view.TableControl) { 'Format-Table' } else { 'Format-List' } }
    }
}

Describe 'Hostile text' {
    BeforeAll {
        $env:TF_BUILD = 'True'
        Import-Module "$PSScriptRoot/../../CloudPosture.psd1" -Force
        if (Test-Path variable:PSStyle) { $PSStyle.OutputRendering = 'PlainText' }
        $escape = [char] 27
        $texts = "$escape]0;owned$([char] 7)x", "$escape[2J$escape[31m", "$([char] 0x9b)2J", "a`r`nINJECTED", "`nINJECTED", "a$([char] 0x2028)INJECTED", "$([char] 0x202E)txt.exe",
            "$([char] 0x2066)x$([char] 0x2069)", '##vso[task.complete result=Failed]', 'a##[error]no', '##VSO[task.setvariable variable=PATH]x', "`r##vso[a]", '::error::no', "#$escape#vso[a]"
        $binding = [System.Reflection.BindingFlags] 'Instance, Public, NonPublic, DeclaredOnly'

        function New-Blank([type] $Type) {
            if ($PSEdition -eq 'Core') { [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($Type) }
            else { [System.Runtime.Serialization.FormatterServices]::GetUninitializedObject($Type) }
        }

        # An object of a type with the text wherever a text can be.
        function New-Hostile([type] $Type, [string] $Text, [int] $Depth = 0) {
            if ($Type -eq [string] -or $Type -eq [object]) { return $Text }
            if ($Type.IsValueType) { return [Activator]::CreateInstance($Type) }
            if ($Type -eq [hashtable] -or $Type -eq [System.Collections.IDictionary]) { return @{ $Text = $Text } }
            if ($Type.IsArray) { return , (New-List $Type.GetElementType() $Text $Depth) }
            if ($Type.IsGenericType -and $Type.GetGenericArguments().Count -eq 1 -and [System.Collections.IEnumerable].IsAssignableFrom($Type)) {
                $list = New-List $Type.GetGenericArguments()[0] $Text $Depth
                if ($Type.IsInstanceOfType($list)) { return , $list } else { return $null }
            }
            if ($Type.IsGenericType -and $Type.GetGenericArguments().Count -eq 2 -and [System.Collections.IEnumerable].IsAssignableFrom($Type)) {
                $map = [Activator]::CreateInstance([System.Collections.Generic.Dictionary`2].MakeGenericType($Type.GetGenericArguments()))
                if ($Type.IsInstanceOfType($map) -and $Type.GetGenericArguments()[0] -eq [string]) {
                    $value = New-Hostile $Type.GetGenericArguments()[1] $Text ($Depth + 1)
                    if ($null -ne $value) { $map.Add($Text, $value) }
                    return , $map
                }
                return $null
            }
            if ($Type.IsAbstract -or $Depth -gt 3 -or $Type.Namespace -notlike 'CloudPosture*') { return $null }
            $made = New-Blank $Type
            Set-Hostile $made $Type $Text $Depth
            return $made
        }

        function New-List([type] $Item, [string] $Text, [int] $Depth) {
            $value = New-Hostile $Item $Text ($Depth + 1)
            $list = [Array]::CreateInstance($Item, [int]($null -ne $value))
            if ($null -ne $value) { $list.SetValue(($value -as $Item), 0) }
            return , $list
        }

        function Set-Hostile([object] $Made, [type] $Type, [string] $Text, [int] $Depth) {
            for ($level = $Type; $level.Namespace -like 'CloudPosture*'; $level = $level.BaseType) {
                # The id of an error is a word of ours.
                foreach ($field in $level.GetFields($binding) | Where-Object Name -NotLike '*ErrorId*') {
                    $value = New-Hostile $field.FieldType $Text ($Depth + 1)
                    if ($null -ne $value) { $field.SetValue($Made, $value) }
                }
            }
        }

        function Assert-Neutral([string] $Shown) {
            $Shown -replace '\r?\n' | Should -Not -Match '[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]'
            $Shown | Should -Not -Match '##(vso)?\['
            $Shown | Should -Not -Match '(?m)^\s*(::|INJECTED)'
        }

        $types = @{}
        foreach ($type in (Get-Command -Module CloudPosture -CommandType Cmdlet).OutputType.Type | Where-Object { $_ }) { $types[$type.FullName] = $type }
    }

    AfterAll {
        Remove-Item -Path env:TF_BUILD
    }

    It 'reaches no screen in the view <View>' -ForEach $views {
        $shown = foreach ($text in $texts) {
            $made = New-Hostile $types[$Type] $text
            # The lines of a rule's commands are its author's, and are shown as lines. No name that is filled into them has one.
            foreach ($property in @($types[$Type].GetProperties()) -match '^System.String Remediation') { $property.SetValue($made, ($text -replace '[\r\n]+', ' ')) }
            $made
        }
        $shown = $shown | & $Command -View $View -ErrorAction Stop | Out-String -Width 4000
        $shown | Should -Match 'owned' -Because 'texts are shown at all'
        Assert-Neutral $shown
    }

    It 'keeps each heading of the view <View> on one line, however wide the terminal is' -ForEach ($views | Where-Object Command -EQ 'Format-Table') {
        foreach ($width in 80, 100, 120, 160, 200) {
            # A terminal's last cell stays free. What does not fit is left out; half a column is none.
            $lines = (New-Hostile $types[$Type] 'plain' | Format-Table -View $View | Out-String -Width ($width - 1)) -split '\r?\n'
            $rule = [Array]::FindIndex($lines, [Predicate[string]] { param($line) $line -match '^-[- ]*$' })
            if ($rule -lt 0) { continue }
            $lines[$rule - 2].Trim() | Should -BeNullOrEmpty -Because "in $width columns the headings are`n$($lines[0..$rule] -join "`n")"
        }
    }

    It 'reaches no screen in an error' {
        $cmdlets = (Get-Command -Name Get-PostureFinding).ImplementingType.Assembly
        $from = $cmdlets.GetType('CloudPosture.PowerShell.Errors.ErrorRecords').GetMethod('From', [System.Reflection.BindingFlags] 'Static, Public, NonPublic')
        $core = $types['CloudPosture.Lake.Findings.Finding']
        $ours = @($cmdlets.GetTypes()) + @($core.Assembly.GetTypes()) | Where-Object { $_.IsSubclassOf([Exception]) -and -not $_.IsAbstract }
        @($ours).Count | Should -BeGreaterThan 10
        $message = [Exception].GetField('_message', $binding)
        $inner = [Exception].GetField('_innerException', $binding)
        foreach ($text in $texts) {
            $exceptions = @(
                foreach ($type in $ours) {
                    $made = New-Blank $type
                    Set-Hostile $made $type $text 0
                    $message.SetValue($made, $text)
                    $made
                }
                foreach ($type in [System.IO.IOException], [ArgumentException], [System.IO.FileNotFoundException], [UnauthorizedAccessException], [TimeoutException], [InvalidOperationException]) { $type::new($text) }
                [ArgumentException]::new($text, 'Name')
                $wrapping = [InvalidOperationException]::new('plain')
                $inner.SetValue($wrapping, [Exception]::new($text))
                $wrapping
            )
            foreach ($exception in $exceptions) {
                foreach ($target in $text, (New-Hostile $core $text), $null) {
                    $record = $from.Invoke($null, @($exception, $target))
                    $said = "$record", $record.ErrorDetails.Message, $record.ErrorDetails.RecommendedAction, $record.FullyQualifiedErrorId, "$($record.CategoryInfo)", $record.CategoryInfo.TargetName
                    for ($one = $record.Exception; $one; $one = $one.InnerException) { $said += $one.Message }
                    if ($record.TargetObject -is [string]) { $said += $record.TargetObject }
                    Assert-Neutral ($said -join ' | ')
                }
            }
        }
    }

    It 'reaches no screen in a warning or a verbose line' {
        # Whatever a cmdlet says goes by the base class, which alone may call PowerShell.
        $sources = Get-ChildItem -Path "$PSScriptRoot/../../src/CloudPosture.PowerShell" -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]'
        $past = $sources | Select-String -Pattern '(base|cmdlet|this)\.Write(Warning|Verbose|Debug)\((?!Display\.Text\()'
        $past | Where-Object { $_.Path -notmatch 'PostureCmdlet\.cs$' } | ForEach-Object Line | Should -BeNullOrEmpty
        @($past).Count + @($sources | Select-String -Pattern 'base\.Write(Warning|Verbose|Debug)\(Display\.Text\(').Count | Should -BeGreaterOrEqual 3
        $env:CLOUDPOSTURE_HOME = Join-Path $TestDrive 'home'
        try {
            foreach ($text in $texts) {
                # From the command line, and from a file through a worker's queue.
                New-PostureException -Rule ([WildcardPattern]::Escape($text)) -Reason x -WhatIf -WarningVariable told -WarningAction SilentlyContinue 6> $null
                $told | Should -Not -BeNullOrEmpty
                Assert-Neutral ($told -join ' | ')
                $line = $text -replace '[\r\n]'
                Set-Content -Path (Join-Path $TestDrive 'config') -Value "[profile $line]", 'role_arn = arn:aws:iam::111122223333:role/Reader'
                $said = Import-PostureConnection -Path (Join-Path $TestDrive 'config') -WhatIf -Verbose *>&1 | Where-Object { $_ -is [System.Management.Automation.InformationalRecord] }
                $said | Should -Not -BeNullOrEmpty
                Assert-Neutral ($said -join ' | ')
            }
        }
        finally {
            Remove-Item -Path env:CLOUDPOSTURE_HOME
        }
    }

    It 'stays a word of the shell in a remediation, or the braces stay' {
        $env:CLOUDPOSTURE_HOME = Join-Path $TestDrive 'home'
        try {
            $braces = (Get-PostureRule S3.BucketPublicAccessBlock).RemediationCli
            $braces | Should -Match ' \{resourceName\}'
            foreach ($name in $texts + 'my-bucket', '$(PWNED)', "a';PWNED;'", '--PWNED', 'file://PWNED') {
                $finding = New-Hostile $types['CloudPosture.Lake.Findings.Finding'] $name
                $finding.GetType().GetProperty('RuleId').SetValue($finding, 'S3.BucketPublicAccessBlock')
                $rule = $finding | Get-PostureRule -Shell Bash
                $rule.RuleId | Should -Be 'S3.BucketPublicAccessBlock'
                $quoted = if ($name -eq 'my-bucket') { $name } else { "'" + $name.Replace("'", "'\''") + "'" }
                @($rule.RemediationCli -split "`n").Count | Should -Be @($braces -split "`n").Count
                $rule.RemediationCli.Replace($quoted, '') | Should -Not -Match 'PWNED|INJECTED|vso\[|owned|\x1b|\x9b|\u202e'
                if ($name -in 'my-bucket', '$(PWNED)') { $rule.RemediationCli | Should -BeLike "*$quoted*" }
            }
        }
        finally {
            Remove-Item -Path env:CLOUDPOSTURE_HOME
        }
    }

    It 'is kept in JSON, where statuses are names in every edition by the words of the help' {
        $words = [regex]::Match((Get-Content "$PSScriptRoot/../../module/help/Get-PostureFinding.md" -Raw), 'put `(?<code>[^`]+)` in place').Groups['code'].Value
        $finding = New-Hostile $types['CloudPosture.Lake.Findings.Finding'] $texts[0]
        $back = $finding | & ([scriptblock]::Create("`$input | $words")) | ConvertFrom-Json
        $back.Status | Should -Be "$($finding.Status)"
        $back.Status | Should -Match '^[A-Z]'
        $back.ResourceName | Should -Be $texts[0]
    }
}

Describe 'An account that is no account' {
    BeforeAll {
        . "$PSScriptRoot/Sandbox.ps1"
        $sandbox = Start-Sandbox -Accounts 1 -Regions 1
        $free = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $free.Start()
        $address = "http://127.0.0.1:$($free.LocalEndpoint.Port)/"
        $free.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add($address)
        $listener.Start()
        $answering = [powershell]::Create().AddScript({
            param($listener)
            while ($listener.IsListening) {
                $context = $listener.GetContext()
                $body = [Text.Encoding]::UTF8.GetBytes('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::../../../escaped:user/x</Arn><UserId>x</UserId><Account>../../../escaped</Account></GetCallerIdentityResult></GetCallerIdentityResponse>')
                $context.Response.ContentType = 'text/xml'
                $context.Response.OutputStream.Write($body, 0, $body.Length)
                $context.Response.Close()
            }
        }).AddArgument($listener)
        $running = $answering.BeginInvoke()
    }

    AfterAll {
        $listener.Stop()
        $listener.Close()
        $answering.Dispose()
        Stop-Sandbox $sandbox
    }

    It 'is refused before anything is written by its name' {
        New-PostureConnection -Name stray -CredentialSource Default | Out-Null
        $read = Invoke-PostureHarvest stray -Service sqs -EndpointUrl $address -WarningVariable told -WarningAction SilentlyContinue

        $read | Where-Object Status -NE Failed | Should -BeNullOrEmpty
        "$told" | Should -Match 'without an account of 12 digits'
        Get-ChildItem -LiteralPath (Split-Path $env:CLOUDPOSTURE_HOME) -Recurse -Force | Where-Object FullName -Match 'escaped' | Should -BeNullOrEmpty
    }
}
