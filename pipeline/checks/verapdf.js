// Validates the PDF on standard input by each profile that it claims to keep, with
// veraPDF, and prints what it finds as JSON. Rhino runs this.

importPackage(
  org.verapdf.pdfa,
  org.verapdf.pdfa.flavours,
  org.verapdf.pdfa.validation.profiles
);
importClass(org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider);

var MOST_FAILURES = 1000;

java.util.logging.LogManager.getLogManager().reset();
VeraGreenfieldFoundryProvider.initialise();
var foundry = Foundries.defaultInstance();
var data = java.lang.System["in"].readAllBytes();

function opened(flavour) {
  var stream = new java.io.ByteArrayInputStream(data);
  return flavour ? foundry.createParser(stream, flavour) : foundry.createParser(stream);
}

function list(javaList) {
  return javaList.toArray();
}

// The profiles are XML, for which veraPDF would want a library that is not here.

function elements(parent, tag) {
  var found = parent.getElementsByTagName(tag);
  var all = [];
  for (var i = 0; i < found.getLength(); i++) all.push(found.item(i));
  return all;
}

function text(parent, tag) {
  return elements(parent, tag)[0].getTextContent();
}

function rule(element) {
  var id = elements(element, "id")[0];
  var error = elements(element, "error")[0];
  var values = new java.util.ArrayList();
  elements(error, "argument").forEach(function (argument) {
    values.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), "", null));
  });
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
      id.getAttribute("clause"),
      parseInt(id.getAttribute("testNumber"))
    ),
    element.getAttribute("object"),
    element.getAttribute("deferred") == "true" ? java.lang.Boolean.TRUE : null,
    element.getAttribute("tags"),
    text(element, "description"),
    text(element, "test"),
    Profiles.errorFromValues(text(error, "message"), values),
    new java.util.ArrayList()
  );
}

function variable(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"),
    element.getAttribute("object"),
    text(element, "defaultValue"),
    text(element, "value")
  );
}

// Null where veraPDF has no profile of that name.
function profile(flavour, name) {
  var file = "org/verapdf/pdfa/validation/" + name + ".xml";
  var stream = java.lang.ClassLoader.getSystemResourceAsStream(file);
  if (stream == null) return null;
  var builders = javax.xml.parsers.DocumentBuilderFactory.newInstance();
  var root = builders.newDocumentBuilder().parse(stream).getDocumentElement();
  var rules = new java.util.HashSet();
  var variables = new java.util.HashSet();
  elements(root, "rule").forEach(function (element) { rules.add(rule(element)); });
  elements(root, "variable").forEach(function (element) {
    variables.add(variable(element));
  });
  var details = Profiles.profileDetailsFromValues(name, "", "", new java.util.Date(0));
  return Profiles.profileFromValues(flavour, details, "", rules, variables);
}

function validated(flavour) {
  var name = String(flavour.name()).replace(/^(PDFU?A)_(\d)_?/, "$1-$2");
  var rules = profile(flavour, name);
  if (!rules) return null;
  var parser = opened(flavour);
  var validator = foundry.createValidator(rules, MOST_FAILURES, false, true, false);
  var result = validator.validate(parser);
  var findings = {};
  list(result.getTestAssertions()).forEach(function (assertion) {
    var id = assertion.getRuleId();
    var key = id.getClause() + "-" + id.getTestNumber();
    if (key in findings) {
      findings[key].count++;
      return;
    }
    findings[key] = {
      rule: key,
      count: 1,
      message: String(assertion.getErrorMessage() || assertion.getMessage()),
      place: String(assertion.getLocation().getContext())
    };
  });
  parser.close();
  return {
    profile: name.replace(/^PDF/, "PDF/").replace(/(\d)([A-Z])$/, "$1$2"),
    sound: result.isCompliant(),
    findings: Object.keys(findings).map(function (key) { return findings[key]; })
  };
}

var parser = opened(null);
var claims = list(parser.getFlavours()).map(validated).filter(Boolean);
parser.close();
print(
  JSON.stringify(claims).replace(/[\u007f-\uffff]/g, function (character) {
    return "\\u" + ("0000" + character.charCodeAt(0).toString(16)).slice(-4);
  })
);
