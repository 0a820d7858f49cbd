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
function profile(flavour, name, change) {
  var file = "org/verapdf/pdfa/validation/" + name + ".xml";
  var stream = java.lang.ClassLoader.getSystemResourceAsStream(file);
  if (stream == null) return null;
  var builders = javax.xml.parsers.DocumentBuilderFactory.newInstance();
  var root = builders.newDocumentBuilder().parse(stream).getDocumentElement();
  var rules = new java.util.HashSet();
  var variables = new java.util.HashSet();
  elements(root, "rule").forEach(function (element) { rules.add(rule(element)); });
  if (change) rules = change(rules);
  elements(root, "variable").forEach(function (element) {
    variables.add(variable(element));
  });
  var details = Profiles.profileDetailsFromValues(name, "", "", new java.util.Date(0));
  return Profiles.profileFromValues(flavour, details, "", rules, variables);
}

function findings(flavour, rules) {
  var parser = opened(flavour);
  var validator = foundry.createValidator(rules, MOST_FAILURES, false, true, false);
  var found = {};
  list(validator.validate(parser).getTestAssertions()).forEach(function (assertion) {
    var id = assertion.getRuleId();
    var key = id.getClause() + "-" + id.getTestNumber();
    if (key in found) {
      found[key].count++;
      return;
    }
    found[key] = {
      rule: key,
      count: 1,
      message: String(assertion.getErrorMessage() || assertion.getMessage()),
      place: String(assertion.getLocation().getContext())
    };
  });
  parser.close();
  return Object.keys(found).map(function (key) { return found[key]; });
}

function validated(flavour) {
  var name = String(flavour.name()).replace(/^(PDFU?A)_(\d)_?/, "$1-$2");
  var rules = profile(flavour, name);
  if (!rules) return null;
  return {
    profile: name.replace(/^PDF/, "PDF/"),
    findings: findings(flavour, rules)
  };
}

// PDF/X-4 has no profile in veraPDF: what ISO 15930-7 asks of fonts is what PDF/A
// asks, and the rest is here.

var FONTS = /^6\.2\.11\./;
var FLAVOUR = PDFAFlavour.PDFA_2_B;
var LEAST_BLEED = 3 * 72 / 25.4 - 0.01;

function pressRule(number, object, message) {
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(FLAVOUR.getPart(), "X", number),
    object, null, "", message, "false",
    Profiles.errorFromValues(message, new java.util.ArrayList()),
    new java.util.ArrayList()
  );
}

function pressRules(rules) {
  var kept = new java.util.HashSet();
  list(rules).forEach(function (rule) {
    if (FONTS.test(rule.getRuleId().getClause())) kept.add(rule);
  });
  kept.add(pressRule(1, "PDDeviceRGB", "Colours are inks: nothing is in RGB"));
  kept.add(pressRule(2, "PDAnnot", "No annotation lies on what is printed"));
  return kept;
}

function finding(number, message, place) {
  return {rule: "X-" + number, count: 1, message: message, place: place};
}

function intents(document) {
  var sound = list(document.getOutputIntents()).filter(function (intent) {
    var profile = intent.getDestOutputProfile();
    return intent.getSubtype() == "GTS_PDFX" && profile != null &&
      profile.getColorSpace() == "CMYK" && profile.getDeviceClass() == "prtr";
  });
  if (sound.length == 1) return [];
  return [finding(3, "One output intent has the profile of a press", "root")];
}

function boxes(document) {
  return list(document.getPages()).map(function (page, number) {
    var trim = page.getTrimBox();
    var bleed = page.getBleedBox();
    var media = page.getMediaBox();
    var sound = page.getCOSTrimBox() != null &&
      [0, 1, 2, 3].every(function (edge) {
        var outwards = edge < 2 ? -1 : 1;
        return (bleed[edge] - trim[edge]) * outwards >= LEAST_BLEED &&
          (media[edge] - bleed[edge]) * outwards >= -0.01;
      });
    var message = "Colour goes 3 mm beyond where the sheet is cut";
    return sound ? null : finding(4, message, "page " + (number + 1));
  }).filter(Boolean).slice(0, 1);
}

function forPress() {
  var claim = "GTS_PDFXVersion>PDF/X-4<";
  if (!new java.lang.String(data, "ISO-8859-1").contains(claim)) return [];
  var found = findings(FLAVOUR, profile(FLAVOUR, "PDFA-2B", pressRules));
  var parser = opened(FLAVOUR);
  parser.getRoot();
  var document = org.verapdf.tools.StaticResources.getDocument();
  found = found.concat(intents(document), boxes(document));
  parser.close();
  return [{profile: "PDF/X-4", findings: found}];
}

var parser = opened(null);
var claims = list(parser.getFlavours()).map(validated).filter(Boolean).concat(forPress());
parser.close();
print(
  JSON.stringify(claims).replace(/[\u007f-\uffff]/g, function (character) {
    return "\\u" + ("0000" + character.charCodeAt(0).toString(16)).slice(-4);
  })
);
