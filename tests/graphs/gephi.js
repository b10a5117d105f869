// What Gephi's own importers read. In: paths. Out: one line of JSON for each: direction, nodes and ties.
// Rhino runs it, because a runtime of Java has no compiler. `const` in a loop keeps its first value there, so all is `var`.

var find = Packages.org.openide.util.Lookup.getDefault();
var api = "org.gephi.io.importer.api.ImportController", projects = "org.gephi.project.api.ProjectController";
find.lookup(java.lang.Class.forName(projects)).newProject();
var importer = find.lookup(java.lang.Class.forName(api));

function list(of) {
  var found = [], each = of.iterator();
  while (each.hasNext()) found.push(each.next());
  return found;
}

function plain(value) {
  if (value instanceof Packages.org.gephi.graph.api.types.TimeMap) {
    var keys = value.toKeysArray(), values = value.toValuesArray(), spells = [];
    for (var at = 0; at < keys.length; at++) spells.push([keys[at].getLow(), keys[at].getHigh(), plain(values[at])]);
    return spells;
  }
  if (value instanceof java.lang.Number) return Number(value);
  if (value instanceof java.lang.Boolean) return value.booleanValue() ? true : false;
  return String(value);
}

function values(element) {
  var found = {};
  list(element.getColumns()).forEach(function (column) {
    var value = element.getValue(column.getId()), title = column.getTitle();
    if (value !== null) found[String(title === null ? column.getId() : title)] = plain(value);
  });
  return found;
}

function spells(element) {
  var times = element.getTimeSet();
  if (times === null) return [];
  return java.util.Arrays.asList(times.toArray()).toArray().map(function (each) { return [each.getLow(), each.getHigh()]; });
}

function node(each) {
  var label = each.getLabel();
  return [String(each.getId()), label === null ? null : String(label), values(each), spells(each)];
}

function tie(each) {
  var ends = [String(each.getSource().getId()), String(each.getTarget().getId())];
  return [ends[0], ends[1], String(each.getDirection()), each.getWeight(), values(each), spells(each)];
}

arguments.forEach(function (path) {
  var container = importer.importFile(new java.io.File(path));
  container.closeLoader();
  var of = container.getUnloader();
  print(JSON.stringify({
    directed: String(of.getEdgeDefault()),
    nodes: list(of.getNodes()).map(node),
    ties: list(of.getEdges()).map(tie),
  }));
});
