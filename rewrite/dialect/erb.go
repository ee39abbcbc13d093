package dialect

// erb is Ruby's ERB.
var erb = Dialect{
	Name: "erb",
	Doc:  "<%= x %>, <% control %> and <%# comment %> of ERB",
	forms: []form{
		delimitedForm("<%=", "%>", Value),
		delimitedForm("<%#", "%>", Comment),
		delimitedForm("<%", "%>", Control),
	},
	blockVerbs: []string{"if", "unless", "case", "while", "begin"},
	blockEnds:  []string{"do", "|"},
}
