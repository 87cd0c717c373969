// The pictures of paths lie in the file as they are; this only moves them into their page.

const pathPictures = document.getElementById('paths');
pathPictures.remove();

function pathCount() {
  return pathPictures.querySelectorAll('figure').length;
}

function pathsPage() {
  return [
    heading('Paths', 'How somebody gets from the Internet to administrators and to data, the worst first. A dashed arrow hangs on what no harvest shows.'),
    pathCount() === 0 ? nothing('No path is known, or the report was made without them.') : pathPictures,
  ];
}
