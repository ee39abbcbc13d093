package invocation

import "slices"

// RemarkKind is the name of the doubt that a [Remark] is the subject of.
type RemarkKind string

// The kinds of remarks.
const (
	ListItems          RemarkKind = "list-items"          // a placeholder that becomes items of the list
	Filling            RemarkKind = "filling"             // how a placeholder in a word must be filled
	EmptyWord          RemarkKind = "empty-word"          // a word that the shell drops when it is empty
	VariableValue      RemarkKind = "variable-value"      // a value in which the shell may read syntax
	PatternCharacter   RemarkKind = "pattern-character"   // *, ? or [ where no file matches
	ShellTraces        RemarkKind = "shell-traces"        // set -x and set -v
	DroppedComment     RemarkKind = "dropped-comment"     // a comment of the script
	ShellVariable      RemarkKind = "shell-variable"      // a variable that shells set themselves
	ShadowedVariable   RemarkKind = "shadowed-variable"   // an entry of env that wins over envFrom
	UnexportedVariable RemarkKind = "unexported-variable" // an assignment that the program may not see
	ScriptProgram      RemarkKind = "script-program"      // the program itself is a script
	ProgramWrapper     RemarkKind = "program-wrapper"     // another program starts the program
)

// Remark is a fact about a script that leaves a doubt, and what a person would
// have to check because of it.
type Remark struct {
	Kind RemarkKind
	// Placeholder is the one that it is about, as in the file; "" for none.
	Placeholder string
	Sentence    string
}

// remark notes a remark, once.
func (a *analysis) remark(kind RemarkKind, placeholder, sentence string) {
	if r := (Remark{kind, placeholder, sentence}); !slices.Contains(a.remarks, r) {
		a.remarks = append(a.remarks, r)
	}
}
