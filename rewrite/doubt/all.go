package doubt

// All returns every doubt about a fix, in the order in which they look; a new one
// is a file and a line here. Those of a single log sink stand with the sink.
func All() []Doubt {
	return []Doubt{
		Alias, TemplateBetweenItems, HangingLine, SharedItems,
		Anchor, TaggedItem, ConditionalCommand, TrimMarker, LateFilling,
		MountedScript, PartOfContainer, DirectoryConflict, VariableConflict, UnreadableFields,
		ShellTraces, ShellVariable, Filling, ListItems, EmptyWord, VariableValue, PatternCharacter,
		ScriptProgram, ProgramWrapper, ShadowedVariable, UnexportedVariable, DroppedComment,
		MovedDirectory, MergedContainer, MovedVariables, ShellWrapper, PatchArgs, TemplateArgs,
		ConditionalEnv, UnknownTemplate, PrintedData, ExitStatus, SinkClaim, RuleClaim, TextBecomesPlaceholder,
		ReusedPlaceholder,
	}
}
